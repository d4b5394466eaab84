package dev.slipway.api.security;

import dev.slipway.api.problem.ProblemWriter;
import dev.slipway.core.failure.FailureType;
import java.io.IOException;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.cors.DefaultCorsProcessor;

/** Turns away the pages of other origins with a problem document. */
final class ForeignOrigins extends DefaultCorsProcessor {
    private final ProblemWriter problems;

    ForeignOrigins(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void rejectRequest(ServerHttpResponse response) throws IOException {
        problems.write(
                ((ServletServerHttpResponse) response).getServletResponse(),
                FailureType.FORBIDDEN,
                "This origin may not call the codec endpoint; only Temporal's web UI may");
    }
}
