package dev.slipway.activities.git;

import dev.slipway.activities.net.OutsideHttp;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.GitRemote;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URL;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.io.CloseMode;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;

/**
 * JGit's way to one remote over https: to the addresses that were checked, with the protocol of Git and nothing else, and
 * never to another host, because a credential belongs to a host.
 */
final class HttpConnections implements HttpConnectionFactory, AutoCloseable {
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    // A remote that works on a push says so every five seconds.
    static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(60);

    private static final Pattern SMART = Pattern.compile(".*/(info/refs|git-upload-pack|git-receive-pack)");

    private final Endpoint endpoint;
    private final CloseableHttpClient client;
    private int status;

    HttpConnections(Endpoint endpoint, SSLContext trust) {
        this.endpoint = endpoint;
        this.client = OutsideHttp.client(this::addresses, trust, CONNECT_TIMEOUT, SILENCE_TIMEOUT);
    }

    /** Of the last answer; 0 before there was one. */
    int status() {
        return status;
    }

    void answered(int code) {
        this.status = code;
    }

    @Override
    public HttpConnection create(URL url) {
        GitRemote remote = endpoint.remote();
        int port = url.getPort() < 0 ? url.getDefaultPort() : url.getPort();
        boolean sameHost = url.getProtocol().equalsIgnoreCase(remote.scheme().name())
                && url.getHost().equalsIgnoreCase(remote.host())
                && port == remote.port();
        if (!sameHost) {
            throw new SlipwayException(
                    FailureType.GIT_REFUSED,
                    "The repository " + remote + " redirects to the host " + RemoteText.host(url)
                            + ". If this is expected, set the repository's url to the new address.");
        }
        if (!SMART.matcher(url.getPath()).matches()) {
            throw new SlipwayException(
                    FailureType.GIT_REFUSED, "At " + remote + " does not serve a Git repository that accepts pushes.");
        }
        status = 0;
        return new HttpExchange(url, client, this);
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) {
        // The address that was checked is the one that is connected to.
        return create(url);
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }

    private List<InetAddress> addresses(String host) throws UnknownHostException {
        String expected = endpoint.remote().host();
        if (!host.equalsIgnoreCase(expected) && !("[" + host + "]").equalsIgnoreCase(expected)) {
            throw new UnknownHostException(host);
        }
        return endpoint.addresses();
    }
}
