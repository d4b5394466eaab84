package dev.slipway.server;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** Why the server did not start, in one line of the log; Spring's own report is a page. */
final class OneLineReporter implements FailureAnalysisReporter {
    private static final Logger log = LoggerFactory.getLogger(ServerApplication.class);

    @Override
    public void report(FailureAnalysis analysis) {
        report(analysis.getDescription(), analysis.getAction());
    }

    static void report(String problem, @Nullable String hint) {
        log.error("Not started: {}. {}", problem, hint);
    }
}
