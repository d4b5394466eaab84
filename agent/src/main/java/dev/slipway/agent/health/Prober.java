package dev.slipway.agent.health;

import dev.slipway.core.health.Probe;
import dev.slipway.core.input.Durations;
import dev.slipway.core.input.Names;
import dev.slipway.core.secret.Mask;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks one probe once, within its timeout. */
final class Prober {
    private static final int MOST_OF_BODY = 256 << 10;

    // Docker's proxy accepts for a container in which nothing listens, and hangs up once it has found that out.
    private static final Duration LISTENS_FOR = Duration.ofMillis(250);

    // Neither proxy nor redirect: what is asked is this node's own service, and nothing that it points to.
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Answer ask(Probe probe, Duration timeout, Subject subject) throws InterruptedException {
        return switch (probe) {
            case Probe.Http get -> http(get, timeout, subject.mask());
            case Probe.Tcp tcp -> tcp(tcp, timeout);
            case Probe.Command command -> {
                Subject.Exit exit = subject.run(command.command(), timeout);
                yield new Answer(
                        exit.success(), "command \"" + command.command().getFirst() + "\" " + exit.detail());
            }
            case Probe.Running _ -> {
                Subject.Life life = subject.life();
                yield new Answer(
                        life.running(),
                        life.running()
                                ? "it is running"
                                : "it is not running" + (life.lastExit().isEmpty() ? "" : ": it " + life.lastExit()));
            }
        };
    }

    private Answer http(Probe.Http probe, Duration timeout, Mask mask) throws InterruptedException {
        String question = "GET " + probe.url() + " ";
        // The client's own timeout ends with the headers; a body that drips must not outlast the probe either.
        Future<Answer> asked = threads.submit(() -> get(probe, timeout, question, mask));
        try {
            return asked.get(timeout.toMillis() + 50, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return silent(question, timeout);
        } catch (ExecutionException e) {
            return e.getCause() instanceof HttpTimeoutException
                    ? silent(question, timeout)
                    : new Answer(false, question + "failed: " + reason(e.getCause()));
        } finally {
            asked.cancel(true);
        }
    }

    private Answer get(Probe.Http probe, Duration timeout, String question, Mask mask)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(probe.url())
                .timeout(timeout)
                .header("User-Agent", "slipway-agent")
                .build();
        HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            String answered = question + "answered " + response.statusCode();
            if (response.statusCode() != probe.expectedStatus()) {
                return new Answer(false, answered + ", expected " + probe.expectedStatus());
            }
            String expected = probe.expectedBody();
            if (expected == null) {
                return new Answer(true, answered);
            }
            byte[] bytes = body.readNBytes(MOST_OF_BODY);
            String text = new String(bytes, StandardCharsets.UTF_8);
            String wanted = Names.shown(mask.apply(expected));
            if (text.contains(expected)) {
                return new Answer(true, answered + " with \"" + wanted + "\"");
            }
            String seen = Names.shown(mask.apply(bytes.length < MOST_OF_BODY ? text : text + Mask.CUT));
            return new Answer(
                    false, answered + ", but its body lacks \"" + wanted + "\"; it begins with \"" + seen + "\"");
        }
    }

    private static Answer tcp(Probe.Tcp probe, Duration timeout) throws InterruptedException {
        String place = "port " + probe.port() + " of " + probe.host();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(probe.host(), probe.port()), Math.toIntExact(timeout.toMillis()));
            return hangsUp(socket, timeout)
                    ? new Answer(false, place + " accepts connections but closes them immediately")
                    : new Answer(true, place + " accepts connections");
        } catch (SocketTimeoutException e) {
            return silent(place, timeout);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return new Answer(false, place + ": " + reason(e));
        }
    }

    private static boolean hangsUp(Socket socket, Duration timeout) throws IOException {
        socket.setSoTimeout(Math.toIntExact(Math.min(timeout.toMillis(), LISTENS_FOR.toMillis())));
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            // It waits for the first word, as most services do.
            return false;
        }
    }

    private static Answer silent(String question, Duration timeout) {
        return new Answer(false, question.strip() + ": no response within " + Durations.format(timeout));
    }

    private static String reason(@Nullable Throwable thrown) {
        // The client says nothing at all when a connection is refused.
        return thrown instanceof ConnectException ? "connection refused" : String.valueOf(thrown);
    }
}
