package dev.slipway.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.failure.FailureCategory;
import dev.slipway.core.failure.FailureType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/reference/errors.md has every failure of the catalogue, with the status that the API really gives it. To write it
 * again: {@code mvn -pl api -am test -Dtest=ErrorsDocumentTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dslipway.docs.write=true}.
 */
class ErrorsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "reference", "errors.md");

    @Test
    void listsEveryFailureAsItIs() throws IOException {
        String expected = document();
        if (Boolean.getBoolean("slipway.docs.write")) {
            Files.createDirectories(DOCUMENT.getParent());
            Files.writeString(DOCUMENT, expected);
        }

        assertThat(DOCUMENT)
                .as("the catalogue is stale; the class comment says how to write it again")
                .hasContent(expected);
    }

    private static String document() {
        return """
                # Errors

                Written by `ErrorsDocumentTest` from `FailureType`; do not edit.

                Every failure has one name. It is the `errorType` of a deployment, a task or an event, the type of a failure in
                Temporal, and, in kebab case, the `type` of a problem document. Names are never changed.

                A request that fails is answered with a problem document
                ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)), of the media type `application/problem+json`:

                ```json
                {
                  "type": "urn:slipway:problem:unknown-environment",
                  "title": "Unknown environment",
                  "status": 404,
                  "detail": "There is no environment \\"stagin\\"; did you mean \\"staging\\"?"
                }
                ```

                `InvalidInput` adds `field`, the path of the invalid field in the document that was sent. HTTP errors outside the
                catalogue are named after their status, such as `urn:slipway:problem:not-found`. A transient problem has status
                503 and `Retry-After`; too many event streams get 429 and `Retry-After`.

                ## Failures of requests

                | name | problem type | HTTP | CLI exit | meaning | what to do |
                | --- | --- | ---: | ---: | --- | --- |
                %s
                The command line exits with 4 for 401 and 403, with 1 for every other error response, and with 2 for invalid
                usage.

                ## Failures of deployments

                These occur while a deployment runs. A command that waits for it exits with 6 if the deployment was rolled back
                because of it, and with 5 if it has failed or is held. *Retried*: whether a task is retried automatically, up to
                three attempts in all.

                | name | who acts | retried | meaning | what to do |
                | --- | --- | --- | --- | --- |
                %s
                A failure outside this catalogue is reported as `Internal`.
                """.formatted(
                        rows(ErrorEntry.Comes.IN_REQUESTS, ErrorsDocumentTest::requestRow),
                        rows(ErrorEntry.Comes.IN_DEPLOYMENTS, ErrorsDocumentTest::deploymentRow));
    }

    private static String rows(ErrorEntry.Comes where, Function<FailureType, String> row) {
        return Arrays.stream(FailureType.values())
                .filter(type -> ErrorEntry.of(type).comes(where))
                .map(row)
                .collect(Collectors.joining());
    }

    private static String requestRow(FailureType type) {
        int status = Problem.of(type, "", null).status();
        ErrorEntry entry = ErrorEntry.of(type);
        return "| `%s` | `%s` | %s | %d | %s | %s |\n"
                .formatted(
                        type.wireName(),
                        type.problemName(),
                        type == FailureType.INVALID_INPUT ? "400, 422" : status,
                        status == 401 || status == 403 ? 4 : 1,
                        entry.meaning(),
                        entry.remedy());
    }

    private static String deploymentRow(FailureType type) {
        ErrorEntry entry = ErrorEntry.of(type);
        return "| `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        type.wireName(),
                        whoActs(type.category()),
                        type.retryable() ? "yes" : "no",
                        entry.meaning(),
                        entry.remedy());
    }

    private static String whoActs(FailureCategory category) {
        return switch (category) {
            case USER -> "user";
            case TARGET -> "node operator";
            case PLATFORM -> "operator of Slipway";
        };
    }
}
