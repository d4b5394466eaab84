package dev.slipway.activities.gitprovider;

import dev.slipway.activities.net.HostCheck;
import dev.slipway.activities.net.OutsideHttp;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/** Asks Git providers and OIDC issuers: no redirect, no endless answer, no longer than it may take. */
final class ProviderHttp implements AutoCloseable {
    private static final int LARGEST = 1 << 20;

    private final CloseableHttpClient client;
    private final Duration longest;
    private final ScheduledExecutorService deadlines = deadlines();

    ProviderHttp(HostCheck hosts, SSLContext tls, Duration longest) {
        this.longest = longest;
        this.client = OutsideHttp.client(hosts, tls, longest, longest);
    }

    /** An answer, whatever its status. */
    record Answer(int status, String body) {}

    /** Asks; {@code who} names whom in the message of a failure. Nothing of {@code headers} is ever in one. */
    Answer get(String who, URI uri, Map<String, String> headers) {
        HttpGet request = new HttpGet(uri);
        request.setHeader("Accept", "application/json");
        headers.forEach(request::setHeader);
        // The timeouts are those of one read each: an answer that drips takes for ever within them.
        ScheduledFuture<?> deadline = deadlines.schedule(request::abort, longest.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return client.execute(request, response -> answer(who, response));
        } catch (UnknownHostException e) {
            throw unavailable(who, "unknown host " + uri.getHost(), e);
        } catch (SSLException e) {
            throw unavailable(who, "TLS handshake with " + uri.getHost() + " failed" + ": " + e.getMessage(), e);
        } catch (IOException e) {
            boolean late = request.isAborted() || e instanceof InterruptedIOException;
            throw unavailable(
                    who,
                    late ? "no response within " + longest.toMillis() + " ms" : "no response: " + e.getMessage(),
                    e);
        } finally {
            deadline.cancel(false);
        }
    }

    private static Answer answer(String who, ClassicHttpResponse response) throws IOException {
        int status = response.getCode();
        if (status >= 300 && status < 400) {
            throw unavailable(who, "it redirects to another address, which is not followed; correct its url", null);
        }
        if (status >= 500 || status == 408 || status == 429) {
            throw unavailable(who, "status " + status, null);
        }
        HttpEntity entity = response.getEntity();
        return new Answer(status, entity == null ? "" : text(who, entity));
    }

    private static String text(String who, HttpEntity entity) throws IOException {
        try (InputStream content = entity.getContent()) {
            byte[] body = content.readNBytes(LARGEST + 1);
            if (body.length > LARGEST) {
                throw unavailable(who, "the response is larger than " + (LARGEST >> 20) + " MiB", null);
            }
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    static SlipwayException unavailable(String who, String why, @Nullable Throwable cause) {
        return new SlipwayException(
                FailureType.PROVIDER_UNAVAILABLE, "Could not verify the CI job with " + who + ": " + why, cause);
    }

    private static ScheduledExecutorService deadlines() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("provider-deadlines").factory());
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }
}
