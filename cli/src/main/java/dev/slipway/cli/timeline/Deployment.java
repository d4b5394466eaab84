package dev.slipway.cli.timeline;

import dev.slipway.cli.document.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A deployment as the API tells it. {@code subject} is what is deployed, a release or a project in a version; {@code chart}
 * is set for those by GitOps, which have no tasks. Statuses stay words: a newer server may have more of them, and {@code phase} says
 * what each comes down to.
 */
public record Deployment(
        JsonNode document,
        String id,
        String status,
        String phase,
        boolean waiting,
        String subject,
        String environment,
        String reason,
        @Nullable String error,
        @Nullable Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        List<Task> tasks,
        @Nullable Chart chart) {

    /** The task of one target. */
    public record Task(
            String target, String node, String component, String status, int attempt, int maxAttempts, String digest) {
        static Task of(JsonNode task) {
            return new Task(
                    Json.text(task, "target"),
                    Json.text(task, "node"),
                    Json.text(task, "component"),
                    Json.text(task, "status"),
                    (int) Json.number(task, "attempt", 0),
                    (int) Json.number(task, "maxAttempts", 0),
                    Json.text(task, "digest"));
        }
    }

    /**
     * What a GitOps deployment is about. {@code commit}: in the project's own repository. {@code iacCommit}: the one that
     * carries the chart; empty before it is pushed.
     */
    public record Chart(
            String project,
            String version,
            String branch,
            String commit,
            String iacRepository,
            String iacCommit,
            String path,
            String reconciler) {
        private static final int COMMIT_SHOWN = 10;

        static @Nullable Chart of(JsonNode document) {
            return !Json.text(document, "kind").equals("gitops")
                    ? null
                    : new Chart(
                            Json.text(document, "project"),
                            Json.text(document, "version"),
                            Json.text(document, "branch"),
                            Json.text(document, "commit"),
                            Json.text(document, "iacRepository"),
                            Json.text(document, "iacCommit"),
                            Json.text(document, "path"),
                            Json.text(document, "reconciler"));
        }

        /** Where the chart is, in words; empty before it is pushed. */
        public String pushedTo() {
            String shown = iacCommit.substring(0, Math.min(COMMIT_SHOWN, iacCommit.length()));
            return shown.isEmpty() ? "" : "commit " + shown + (iacRepository.isEmpty() ? "" : " of " + iacRepository);
        }

        /** Whether the commit is all that Slipway looks after. */
        boolean isUnwatched() {
            return reconciler.equals("none");
        }
    }

    public static Deployment of(JsonNode document) {
        List<Task> tasks = new ArrayList<>();
        document.path("tasks").forEach(task -> tasks.add(Task.of(task)));
        Chart chart = Chart.of(document);
        return new Deployment(
                document,
                Json.text(document, "id"),
                Json.text(document, "status"),
                Json.text(document, "phase"),
                Json.flag(document, "waiting"),
                chart == null ? Json.text(document, "release") : chart.project() + " " + chart.version(),
                Json.text(document, "environment"),
                Json.text(document, "reason"),
                Json.textOrNull(document, "error"),
                instant(document, "createdAt"),
                instant(document, "startedAt"),
                instant(document, "endedAt"),
                List.copyOf(tasks),
                chart);
    }

    /** What goes where: {@code web@v2 to staging}. */
    public String title() {
        return subject + " to " + environment;
    }

    /** The instant in a field; null where there is none. */
    static @Nullable Instant instant(JsonNode node, String field) {
        String text = Json.textOrNull(node, field);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    public boolean hasEnded() {
        return endedAt != null;
    }

    /** Whether it failed and does nothing until a person has a target tried again or skipped, or rolls it back. */
    public boolean isHeld() {
        return !hasEnded() && waiting && status.equals("failed");
    }

    /** How long it took; empty while it has not ended. */
    public Optional<Duration> took() {
        Instant from = startedAt == null ? createdAt : startedAt;
        return from == null || endedAt == null ? Optional.empty() : Optional.of(Duration.between(from, endedAt));
    }

    List<String> targetsThat(String has) {
        return tasks.stream()
                .filter(task -> task.status().equals(has))
                .map(Task::target)
                .toList();
    }

    /** {@code 1 target}, {@code 3 targets}. */
    public static String targets(int count) {
        return count + (count == 1 ? " target" : " targets");
    }
}
