package dev.slipway.api.problem;

import dev.slipway.core.failure.FailureType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems straight to the response: an error has one form, whatever the client says it accepts. */
@Component
public class ProblemWriter {
    private static final Logger log = LoggerFactory.getLogger(ProblemWriter.class);
    private static final String RETRY_SECONDS = "2";

    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    public void write(HttpServletResponse response, FailureType type, String detail) throws IOException {
        write(response, Problem.of(type, detail, null));
    }

    /** For what HTTP has a word for, and the catalogue of failures none. */
    public void write(HttpServletResponse response, HttpStatus status, String detail) throws IOException {
        write(response, Problem.of(status, detail));
    }

    void write(HttpServletResponse response, Problem problem) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(problem.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        if (problem.passing()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        try {
            response.getOutputStream().write(json.writeValueAsString(problem).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // Thrown on, it would become an error of the server, which it is not.
            log.debug("The client closed the connection before the response", e);
        }
    }
}
