package dev.slipway.activities.git;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.GitRemote;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URL;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
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
        this.client = HttpClients.custom()
                .setConnectionManager(connections(endpoint, trust))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(CONNECT_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                        .setResponseTimeout(SILENCE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                        .build())
                .setUserAgent("slipway")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    private static HttpClientConnectionManager connections(Endpoint endpoint, SSLContext trust) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new Pinned(endpoint))
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(trust))
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                        .setSocketTimeout((int) SILENCE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                        .build())
                .build();
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
                            + ". If that is right, name the repository by its address there.");
        }
        if (!SMART.matcher(url.getPath()).matches()) {
            throw new SlipwayException(
                    FailureType.GIT_REFUSED,
                    "At " + remote + " no Git repository answers in the protocol that Git has for pushing.");
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

    private record Pinned(Endpoint endpoint) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            if (!host.equalsIgnoreCase(endpoint.remote().host())
                    && !("[" + host + "]").equalsIgnoreCase(endpoint.remote().host())) {
                throw new UnknownHostException(host);
            }
            return endpoint.addresses().toArray(InetAddress[]::new);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
