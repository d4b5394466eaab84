package dev.slipway.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.acceptance.stack.Command;
import dev.slipway.acceptance.stack.Stack;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of requests, right and wrong, after the API's own document. */
class SchemathesisIT {
    private static final String NEED = "needs Python 3 and Schemathesis, which ./slipway test fetches with pip";

    @RegisterExtension
    static final Stack stack = Stack.named("contract");

    @Test
    void findsNoAnswerThatTheDocumentDoesNotHave(@TempDir Path folder) {
        if ("true".equals(System.getenv("CI"))) {
            assertThat(Schemathesis.isThere()).as(NEED).isTrue();
        }
        assumeTrue(Schemathesis.isThere(), NEED);

        Command.Result result =
                Schemathesis.run(stack.stackFile().path("url").asString(), stack.secret("token"), folder);

        assertThat(result.exitCode()).as("%s", result).isZero();
    }
}
