package dev.slipway.cli;

import dev.slipway.cli.document.Json;
import dev.slipway.core.deployment.Phase;
import dev.slipway.core.deployment.Status;
import dev.slipway.core.gitops.GitOpsStatus;
import dev.slipway.core.release.DeploymentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A deployment whose story a test tells; the API double serves it to whoever asks. */
public final class DeploymentDouble {
    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    private static final Duration BETWEEN_HEARTBEATS = Duration.ofMillis(200);

    private final String id;
    private final Map<String, ObjectNode> tasks = new LinkedHashMap<>();
    private final List<ObjectNode> events = new ArrayList<>();
    private final ObjectNode document = Json.object();

    public DeploymentDouble(String id, String release, String... targets) {
        this.id = id;
        document.put("id", id).put("kind", "release").put("status", "pending").put("phase", "QUEUED");
        document.put("waiting", false).put("release", release).put("environment", "staging");
        document.put("strategy", "rolling")
                .put("batch", "1")
                .put("onFailure", "rollback")
                .put("force", false);
        document.putNull("rollbackOf").put("reason", "").putNull("error").putNull("errorType");
        document.put("createdAt", Instant.now().toString()).putNull("startedAt").putNull("endedAt");
        Arrays.stream(targets).forEach(target -> tasks.put(target, plannedTask(target)));
    }

    /** One by GitOps: of project shop in version 1.4.2 to production. */
    public static DeploymentDouble ofChart(String id) {
        DeploymentDouble deployment = new DeploymentDouble(id, "");
        ObjectNode document = deployment.document;
        document.remove(List.of("release", "strategy", "batch", "force"));
        document.put("kind", "gitops").put("project", "shop").put("version", "1.4.2");
        document.put("environment", "production").put("branch", "main").put("commit", "0123456789abcdef");
        document.put("iacRepository", "fleet").put("path", "charts/shop").put("reconciler", "flux");
        document.putNull("iacCommit");
        return deployment;
    }

    /** The way of a chart up to where the cluster is watched. */
    public synchronized DeploymentDouble push() {
        status("validating", "The job is genuine.").status("pushing", "It is its turn in \"fleet\".");
        document.put("iacCommit", "fedcba9876543210");
        return status("pushed", "Commit fedcba98.").status("monitoring", "Flux fetches it.");
    }

    private static ObjectNode plannedTask(String target) {
        ObjectNode task = Json.object();
        task.put("target", target).put("node", "local").put("component", "web").put("status", "pending");
        task.put("attempt", 0).put("maxAttempts", 3).put("digest", DIGEST).putNull("previousDigest");
        task.putNull("error").putNull("errorType").putNull("startedAt").putNull("endedAt");
        return task;
    }

    public String id() {
        return id;
    }

    public DeploymentDouble rollbackOf(String other) {
        document.put("rollbackOf", other);
        return this;
    }

    public synchronized DeploymentDouble status(String status, String reason) {
        return status(status, false, reason, null);
    }

    public synchronized DeploymentDouble status(String status, boolean waiting, String reason, @Nullable String error) {
        document.put("status", status).put("waiting", waiting).put("reason", reason);
        document.put("phase", phase(status, waiting)).put("error", error);
        add("deployment", status, waiting, reason, error);
        return this;
    }

    public synchronized DeploymentDouble task(String target, String status, String reason) {
        return task(target, status, 1, reason, null);
    }

    public synchronized DeploymentDouble task(
            String target, String status, int attempt, String reason, @Nullable String error) {
        tasks.computeIfAbsent(target, DeploymentDouble::plannedTask)
                .put("status", status)
                .put("attempt", attempt)
                .put("error", error);
        add("task", status, false, reason, error).put("target", target).put("attempt", attempt);
        return this;
    }

    /** The way of a target that needs the release. */
    public DeploymentDouble install(String target) {
        task(target, "queued", "It is the turn of \"" + target + "\".");
        task(target, "dispatched", "Waits for the agent of node \"local\".");
        task(target, "running", "Before: nothing.");
        task(target, "verifying", "Installed; its health is checked.");
        return task(target, "succeeded", "Healthy after 1 probe.");
    }

    /** The way of a target that has the release. */
    public DeploymentDouble findCurrent(String target) {
        task(target, "queued", "It is the turn of \"" + target + "\".");
        task(target, "dispatched", "Waits for the agent of node \"local\".");
        return task(target, "succeeded", "Nothing to do: it runs.");
    }

    public synchronized DeploymentDouble end(String status, String reason, @Nullable String error) {
        status(status, false, reason, error);
        document.put("endedAt", Instant.now().toString());
        add("end", status, false, reason, error);
        return this;
    }

    private ObjectNode add(String type, String status, boolean waiting, String reason, @Nullable String error) {
        ObjectNode event = Json.object();
        event.put("sequence", events.size() + 1)
                .put("at", Instant.now().toString())
                .put("type", type);
        event.put("status", status).put("phase", phase(status, waiting)).put("waiting", waiting);
        event.putNull("target").put("reason", reason).put("error", error);
        events.add(event);
        notifyAll();
        return event;
    }

    private static String phase(String status, boolean waiting) {
        if (waiting) {
            return Phase.WAITING.name();
        }
        return Stream.<Status>concat(Arrays.stream(DeploymentStatus.values()), Arrays.stream(GitOpsStatus.values()))
                .filter(known -> known.wireName().equals(status))
                .findFirst()
                .map(known -> known.phase().name())
                .orElse(status.toUpperCase(Locale.ROOT));
    }

    synchronized ObjectNode document() {
        ObjectNode copy = document.deepCopy();
        if (!copy.has("project")) {
            ArrayNode list = copy.putArray("tasks");
            tasks.values().forEach(task -> list.add(task.deepCopy()));
        }
        return copy;
    }

    /** The event behind {@code sequence}, once there is one; null if there is none for a while. */
    synchronized @Nullable ObjectNode eventAfter(int sequence) throws InterruptedException {
        long deadline = System.nanoTime() + BETWEEN_HEARTBEATS.toNanos();
        while (events.size() <= sequence && System.nanoTime() < deadline) {
            wait(BETWEEN_HEARTBEATS.toMillis());
        }
        return events.size() <= sequence ? null : events.get(sequence).deepCopy();
    }
}
