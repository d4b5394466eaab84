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

                A transition that is not drawn here is rejected: by the workflow, whose task then fails until the code is fixed, and
                by the store, which keeps the event in the timeline without changing the status.

                ## Deployment

                ```mermaid
                %s```

                | status | phase | meaning |
                | --- | --- | --- |
                %s
                `waiting` is a flag beside the status. It is true while the deployment waits for an order: one that is paused,
                which still finishes the targets in progress, or a `failed` one that is held. The phase is then `WAITING`. A
                deployment has ended once `endedAt` is set; no event follows.

                ## Task

                One task for each target.

                ```mermaid
                %s```

                | status | meaning |
                | --- | --- |
                %s
                A succeeded task fails later if the final verification of a rolling deployment finds its target unhealthy, or if
                the target cannot be restored. Once a deployment has ended, the status of its tasks is final.

                ## Phase

                The phase groups statuses for lists, colours and metrics.

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
            return "those that are `waiting`, whatever their status";
        }
        return Arrays.stream(DeploymentStatus.values())
                .filter(status -> status.phase() == phase)
                .map(status -> "`" + status.wireName() + "`")
                .collect(Collectors.joining(", "));
    }

    private static String meaning(DeploymentStatus status) {
        return switch (status) {
            case PENDING -> "Accepted and queued: waiting for the lock of the environment, at most seven days.";
            case PREPARING -> "Acquired the lock of the environment.";
            case RUNNING -> "Targets change, batch after batch.";
            case COMPLETING -> "All targets are updated. A rolling deployment verifies each of them once more.";
            case COMPLETED -> "Every target runs the release and is healthy, or was skipped.";
            case FAILED ->
                "It has failed. Waiting: it is held, waiting for retry, skip, rollback or cancel. Ended: nothing was"
                        + " touched, or some targets could not be restored, or it timed out while held, or its workflow was"
                        + " closed in Temporal.";
            case ROLLING_BACK -> "Changed targets are restored, ten at a time, the last one first.";
            case ROLLED_BACK -> "Every changed target is restored to its previous release.";
            case CANCELED -> "Canceled or superseded. Every changed target is restored to its previous release.";
        };
    }

    private static String meaning(TaskStatus status) {
        return switch (status) {
            case PENDING -> "Its batch has not begun.";
            case QUEUED -> "Its batch has begun.";
            case DISPATCHED -> "Waiting for the agent of its node, which first inspects what runs there.";
            case RUNNING -> "The previous release is recorded, and the agent installs the new one.";
            case VERIFYING -> "Installed and started. The agent runs the health check.";
            case SUCCEEDED -> "The target runs the release and is healthy, or already did.";
            case FAILED -> "An attempt failed. It was the last one, unless `retrying` follows.";
            case RETRYING -> "Another attempt follows: three in all, and three more for each `retry`.";
            case SKIPPED -> "The deployment continues without it. The target stays as it is.";
            case CANCELED -> "It was stopped, or its deployment ended before it was started.";
            case ROLLED_BACK -> "The target is restored to its previous release, or emptied.";
        };
    }
}
