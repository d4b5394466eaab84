package dev.slipway.activities.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.util.Timeout;

/** How Slipway asks hosts that a document names: where it was checked to lead, and nothing beyond what was asked. */
public final class OutsideHttp {
    private OutsideHttp() {}

    /**
     * A client that connects to the addresses {@code hosts} gives, follows no redirect, repeats nothing, and keeps neither
     * cookies nor credentials.
     *
     * @param connect the longest that a connection may take to come about
     * @param silence the longest between two bytes of an answer
     */
    public static CloseableHttpClient client(HostCheck hosts, SSLContext tls, Duration connect, Duration silence) {
        Timeout connecting = Timeout.of(connect);
        Timeout waiting = Timeout.of(silence);
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new Checked(hosts))
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(connecting)
                                .setSocketTimeout(waiting)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(connecting)
                        .setResponseTimeout(waiting)
                        .build())
                .setUserAgent("slipway")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                // A small answer could unpack to a large one.
                .disableContentCompression()
                .build();
    }

    // Connections go to the addresses that were checked, not to what a second look at the name would give.
    private record Checked(HostCheck hosts) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return hosts.resolve(host).toArray(InetAddress[]::new);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
