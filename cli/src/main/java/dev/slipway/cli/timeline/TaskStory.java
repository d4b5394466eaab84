package dev.slipway.cli.timeline;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of the task of one target. */
final class TaskStory {
    private static final Set<String> AT_REST =
            Set.of("pending", "succeeded", "failed", "skipped", "canceled", "rolled_back");
    private static final int DIGEST_SHOWN = "sha256:".length() + 12;

    private final String target;
    private String node = "";
    private String digest = "";
    private String status = "pending";
    private int attempt;
    private int maxAttempts;
    private String said = "";
    private @Nullable Instant began;
    private @Nullable Instant rested;
    private boolean everRan;

    TaskStory(String target) {
        this.target = target;
    }

    void describe(Deployment.Task task) {
        node = task.node();
        digest = task.digest();
        maxAttempts = task.maxAttempts();
    }

    void conclude(Deployment.Task task) {
        status = task.status();
    }

    void add(Event event) {
        status = event.status();
        attempt = event.attempt() > 0 ? event.attempt() : attempt;
        said = event.said();
        everRan |= status.equals("running");
        if (began == null) {
            began = event.at();
        }
        rested = AT_REST.contains(status) ? event.at() : null;
    }

    String target() {
        return target;
    }

    String status() {
        return status;
    }

    boolean everRan() {
        return everRan;
    }

    /** How long it has taken so far, or took; null before it began. */
    @Nullable
    Duration elapsed(Instant now) {
        if (began == null) {
            return null;
        }
        Duration elapsed = Duration.between(began, rested == null ? now : rested);
        return elapsed.isNegative() ? Duration.ZERO : elapsed;
    }

    /** What it does or waits for, or what became of it. */
    String situation() {
        String situation = switch (status) {
            case "pending" -> "queued";
            case "queued" -> "starting";
            case "dispatched" -> "waiting for the agent" + (node.isEmpty() ? "" : " on node " + node);
            case "running" -> "installing " + shortDigest();
            case "verifying" -> "checking health";
            default -> said;
        };
        return attempt > 1 ? situation + " (attempt " + attempt + ofMost() + ")" : situation;
    }

    private String ofMost() {
        return attempt <= maxAttempts ? " of " + maxAttempts : "";
    }

    private String shortDigest() {
        return digest.length() > DIGEST_SHOWN ? digest.substring("sha256:".length(), DIGEST_SHOWN) : "the release";
    }
}
