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

/**
 * Refuses bodies beyond what any document needs, before they are in memory. Archives are streamed, and
 * forms are bounded where they are read: they have limits of their own.
 */
@Component
class BodyLimitFilter extends OncePerRequestFilter {
    static final long LARGEST = 3L << 20;

    private final ProblemWriter writer;

    BodyLimitFilter(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return switch (request.getMethod()) {
            case "PATCH" -> path.startsWith("/api/artifacts/");
            case "POST" -> path.equals("/api/deploy");
            default -> false;
        };
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String query = request.getQueryString();
        if (request.getContentLengthLong() > LARGEST) {
            writer.write(response, Problem.of(tooLarge()));
        } else if (query != null && query.contains("%00")) {
            writer.write(response, FailureType.INVALID_INPUT, "query: must not contain NUL");
        } else {
            chain.doFilter(new Limited(request), response);
        }
    }

    private static SlipwayException tooLarge() {
        return new SlipwayException(
                FailureType.TOO_LARGE, "The body is larger than " + (LARGEST >> 20) + " MiB; send a smaller request");
    }

    private static final class Limited extends HttpServletRequestWrapper {
        Limited(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new LimitedStream(super.getInputStream());
        }
    }

    private static final class LimitedStream extends ServletInputStream {
        private final ServletInputStream body;
        private long left = LARGEST;

        LimitedStream(ServletInputStream body) {
            this.body = body;
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
                throw tooLarge();
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
