package dev.slipway.api.gitops;

import dev.slipway.api.ApiProperties;
import dev.slipway.api.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Bounds how often one address may upload charts: these requests are not authenticated yet, and each form is written to disk. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class DeployLimitFilter extends OncePerRequestFilter {
    private static final Duration PERIOD = Duration.ofMinutes(1);
    // Whoever has one address of IPv6 has all of its network.
    private static final int NETWORK_BYTES = 8;

    private final RateLimit limit;
    private final ProblemWriter problems;

    DeployLimitFilter(ApiProperties properties, ProblemWriter problems) {
        this.limit = new RateLimit(properties.deploy().requestsPerMinute(), PERIOD, System::nanoTime);
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // Decoded, as the controller is found by it.
        return !request.getServletPath().equals("/api/deploy");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Duration wait = limit.take(client(request.getRemoteAddr()));
        if (wait.isZero()) {
            chain.doFilter(request, response);
            return;
        }
        long seconds = wait.plusSeconds(1).toSeconds();
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        problems.write(
                response,
                HttpStatus.TOO_MANY_REQUESTS,
                "Too many requests to deploy from this address; retry in " + seconds + " s");
    }

    private static String client(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address parsed
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
                    : address;
        } catch (IllegalArgumentException e) {
            // A trusted proxy may write whatever it likes, such as an address with a port.
            return address;
        }
    }
}
