package dev.slipway.api.problem;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies beyond what any document needs, before they are in memory. Archives are streamed and have a limit of their own. */
@Component
class BodyLimitFilter extends OncePerRequestFilter {
    static final long LARGEST = 3L << 20;

    /** A chart with what is around it in its form. Helm itself keeps a release within a megabyte. */
    static final long LARGEST_CHART = 17L << 20;

    /** Of anybody at all: a signature can only be checked of what was read. What tells of one push is far smaller. */
    static final long LARGEST_DELIVERY = 1L << 20;

    private final ProblemWriter writer;

    BodyLimitFilter(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getMethod().equals("PATCH") && request.getRequestURI().startsWith("/api/artifacts/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String query = request.getQueryString();
        long largest = largest(request.getRequestURI());
        if (request.getContentLengthLong() > largest) {
            writer.write(response, Problem.of(tooLarge(largest)));
        } else if (query != null && query.contains("%00")) {
            writer.write(response, FailureType.INVALID_INPUT, "query: must not hold NUL");
        } else {
            chain.doFilter(new Limited(request, largest), response);
        }
    }

    private static long largest(String path) {
        if (path.equals("/api/deploy")) {
            return LARGEST_CHART;
        }
        return path.startsWith("/api/webhooks/") ? LARGEST_DELIVERY : LARGEST;
    }

    private static SlipwayException tooLarge(long largest) {
        return new SlipwayException(
                FailureType.TOO_LARGE, "The body is larger than " + (largest >> 20) + " MiB; send less at once");
    }

    private static final class Limited extends HttpServletRequestWrapper {
        private final long largest;

        Limited(HttpServletRequest request, long largest) {
            super(request);
            this.largest = largest;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new LimitedStream(super.getInputStream(), largest);
        }
    }

    private static final class LimitedStream extends ServletInputStream {
        private final ServletInputStream body;
        private final long largest;
        private long left;

        LimitedStream(ServletInputStream body, long largest) {
            this.body = body;
            this.largest = largest;
            this.left = largest;
        }

        @Override
        public int read() throws IOException {
            int value = body.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = body.read(buffer, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) {
            left -= read;
            if (left < 0) {
                throw tooLarge(largest);
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
