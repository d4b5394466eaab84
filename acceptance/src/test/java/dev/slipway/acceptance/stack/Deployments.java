package dev.slipway.acceptance.stack;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Deployments of a stack, as its API tells of them. Waiting goes on while the API is away. */
public final class Deployments {
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Api api;

    Deployments(Api api) {
        this.api = api;
    }

    /** Starts one; its id. */
    public String start(Request request) {
        return api.deploy(request.json(), UUID.randomUUID().toString())
                .expect(202)
                .text("id");
    }

    /** Starts one and waits until it has ended. */
    public JsonNode run(Request request) {
        return awaitEnd(start(request));
    }

    public JsonNode get(String id) {
        return api.get("/api/deployments/" + id).expect(200).json();
    }

    public EventStream events(String id) {
        return new EventStream(api, id);
    }

    public JsonNode awaitEnd(String id) {
        return awaitEnd(id, Duration.ofMinutes(1));
    }

    public JsonNode awaitEnd(String id, Duration patience) {
        return await(
                id, "ended", patience, deployment -> deployment.path("endedAt").isString());
    }

    /** Waits until it is held for a person, or paused. */
    public JsonNode awaitWaiting(String id) {
        return await(
                id,
                "waiting",
                Duration.ofMinutes(1),
                deployment -> deployment.path("waiting").asBoolean());
    }

    public JsonNode awaitTask(String id, String target, String status) {
        return await(
                id,
                target + " " + status,
                Duration.ofMinutes(1),
                deployment -> task(deployment, target).path("status").asString().equals(status));
    }

    /** The task of {@code target} in a deployment's document. */
    public static JsonNode task(JsonNode deployment, String target) {
        for (JsonNode task : deployment.path("tasks")) {
            if (task.path("target").asString().equals(target)) {
                return task;
            }
        }
        throw new AssertionError("No task for " + target + " in " + deployment.toPrettyString());
    }

    public JsonNode order(String id, String verb) {
        return api.post("/api/deployments/" + id + "/" + verb, "{}").expect(202).json();
    }

    private JsonNode await(String id, String what, Duration patience, Predicate<JsonNode> wanted) {
        AtomicReference<JsonNode> last =
                new AtomicReference<>(JsonMapper.shared().nullNode());
        try {
            Awaitility.await()
                    .atMost(patience)
                    .pollInterval(LOOK)
                    .pollDelay(Duration.ZERO)
                    .ignoreExceptions()
                    .until(() -> {
                        last.set(get(id));
                        return wanted.test(last.get());
                    });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "Deployment " + id + " is not " + what + " after " + patience.toSeconds() + " s: "
                            + last.get().toPrettyString(),
                    e);
        }
        return last.get();
    }

    /** What somebody asks for. */
    public record Request(String release, String environment, String strategy, String onFailure, boolean force) {
        public static Request of(String release, String environment) {
            return new Request(release, environment, "all-at-once", "rollback", false);
        }

        public Request rolling() {
            return new Request(release, environment, "rolling", onFailure, force);
        }

        public Request stopping() {
            return new Request(release, environment, strategy, "stop", force);
        }

        public Request forced() {
            return new Request(release, environment, strategy, onFailure, true);
        }

        public String json() {
            return JsonMapper.shared().writeValueAsString(this);
        }
    }
}
