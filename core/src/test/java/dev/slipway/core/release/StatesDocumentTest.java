package dev.slipway.core.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.deployment.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The diagrams of docs/reference/states.md are drawn from the tables. To write them again: {@code mvn -pl core test
 * -Dtest=StatesDocumentTest -Dslipway.docs.write=true}.
 */
class StatesDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "reference", "states.md");

    @Test
    void drawsTheTablesAsTheyAre() throws IOException {
        String expected = document();
        if (Boolean.getBoolean("slipway.docs.write")) {
            Files.createDirectories(DOCUMENT.getParent());
            Files.writeString(DOCUMENT, expected);
        }

        assertThat(DOCUMENT)
                .as("the diagrams are stale; the class comment says how to write them again")
                .hasContent(expected);
    }

    private static String document() {
        return """
                # States

                Written by `StatesDocumentTest` from `DeploymentStatus`, `TaskStatus` and `Phase`; do not edit.

                A transition that is not drawn here is refused: by the workflow, whose task then waits for a fix of the code, and by
                the store, which keeps the event as a part of the story and moves nothing.

                ## Deployment

                ```mermaid
                %s```

                | status | phase | meaning |
                | --- | --- | --- |
                %s
                `waiting` stands beside the status. It is true where a person has to act before the deployment goes on: one
                that is paused, which still finishes the targets that it has begun, or a `failed` one that is held. The phase
                is `WAITING` then. A deployment has ended once `endedAt` is set; no event follows.

                ## Task

                One task for each target.

                ```mermaid
                %s```

                | status | meaning |
                | --- | --- |
                %s
                A task that succeeded fails later where the last look at a rolling deployment finds its target unhealthy, or
                where the target cannot be brought back. Once a deployment has ended, none of its tasks moves any more.

                ## Phase

                What every status comes down to, for lists, colours and metrics.

                | phase | deployments |
                | --- | --- |
                %s""".formatted(
                diagram(
                        DeploymentStatus.values(),
                        DeploymentStatus::wireName,
                        DeploymentStatus::canBecome,
                        List.of("failed")),
                rows(
                        DeploymentStatus.values(),
                        status -> "`" + status.wireName() + "` | `" + status.phase() + "` | " + meaning(status)),
                diagram(TaskStatus.values(), TaskStatus::wireName, TaskStatus::canBecome, List.of()),
                rows(TaskStatus.values(), status -> "`" + status.wireName() + "` | " + meaning(status)),
                rows(Phase.values(), phase -> "`" + phase + "` | " + deploymentsIn(phase)));
    }

    /** {@code alsoLast}: what can be an end although something may follow. */
    private static <T> String diagram(
            T[] all, Function<T, String> name, BiPredicate<T, T> canBecome, List<String> alsoLast) {
        StringBuilder lines = new StringBuilder("stateDiagram-v2\n");
        lines.append("    [*] --> ").append(name.apply(all[0])).append("\n");
        for (T from : all) {
            List<T> next =
                    Arrays.stream(all).filter(to -> canBecome.test(from, to)).toList();
            next.forEach(to -> lines.append("    " + name.apply(from) + " --> " + name.apply(to) + "\n"));
            if (next.isEmpty() || alsoLast.contains(name.apply(from))) {
                lines.append("    ").append(name.apply(from)).append(" --> [*]\n");
            }
        }
        return lines.toString();
    }

    private static <T> String rows(T[] all, Function<T, String> row) {
        return Arrays.stream(all).map(one -> "| " + row.apply(one) + " |\n").collect(Collectors.joining());
    }

    private static String deploymentsIn(Phase phase) {
        if (phase == Phase.WAITING) {
            return "those that wait for a person, whatever their status";
        }
        return Arrays.stream(DeploymentStatus.values())
                .filter(status -> status.phase() == phase)
                .map(status -> "`" + status.wireName() + "`")
                .collect(Collectors.joining(", "));
    }

    private static String meaning(DeploymentStatus status) {
        return switch (status) {
            case PENDING -> "Accepted. It waits for its turn in the environment, for seven days at the most.";
            case PREPARING -> "It is its turn.";
            case RUNNING -> "Targets change, batch after batch.";
            case COMPLETING -> "Every target has had its turn. A rolling deployment looks at each of them once more.";
            case COMPLETED -> "Every target runs the release and is healthy, or was skipped by a person.";
            case FAILED ->
                "It has failed. Waiting: it is held for a person, who retries, skips, rolls back or cancels. Ended: nothing"
                        + " was touched, or some targets could not be brought back, or it was given up while it was held, or"
                        + " its workflow was ended in Temporal from outside.";
            case ROLLING_BACK -> "Touched targets go back to what they ran, ten at a time, the last one first.";
            case ROLLED_BACK -> "Every touched target runs again what it ran before.";
            case CANCELED -> "Canceled or superseded. Every touched target runs again what it ran before.";
        };
    }

    private static String meaning(TaskStatus status) {
        return switch (status) {
            case PENDING -> "Its batch has not begun.";
            case QUEUED -> "It is its turn.";
            case DISPATCHED -> "It waits for the agent of its node, which first looks at what runs there.";
            case RUNNING -> "What ran before is known, and the agent installs the release.";
            case VERIFYING -> "Installed and started. The agent asks the health check.";
            case SUCCEEDED -> "The target runs the release and is healthy, or did so before.";
            case FAILED -> "An attempt failed. It was the last one, unless `retrying` follows.";
            case RETRYING ->
                "Another attempt follows: three in all, and three more each time that a person has it tried again.";
            case SKIPPED -> "A person goes on without it. The target stays as it is.";
            case CANCELED -> "It was stopped on its way, or its deployment ended before its turn came.";
            case ROLLED_BACK -> "The target runs again what it ran before the deployment, or nothing.";
        };
    }
}
