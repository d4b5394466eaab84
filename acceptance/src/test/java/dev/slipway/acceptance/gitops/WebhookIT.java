package dev.slipway.acceptance.gitops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.acceptance.git.GitServer;
import dev.slipway.acceptance.kubernetes.FluxDouble;
import dev.slipway.acceptance.kubernetes.KubernetesCluster;
import dev.slipway.acceptance.kubernetes.KubernetesPrograms;
import dev.slipway.acceptance.stack.Api.Answer;
import dev.slipway.acceptance.stack.Stack;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Flux tells that there is something to see. */
@EnabledIf(
        value = "dev.slipway.acceptance.gitops.GitOpsIT#isPossible",
        disabledReason = GitServer.NEEDS + ", and " + KubernetesPrograms.NEED)
class WebhookIT {
    private static final String KEY = "canary-of-the-webhook";
    // From then on the cluster is asked every 30 seconds only.
    private static final int RARE = 7;

    @RegisterExtension
    static final Stack stack = Stack.named("gitops");

    @RegisterExtension
    static final KubernetesCluster cluster = KubernetesCluster.shared();

    private String namespace = "";
    private GitOpsScene scene;
    private FluxDouble flux;

    @BeforeEach
    void declare() {
        namespace = cluster.namespace("hook");
        scene = GitOpsScene.of(stack, "gitops-" + namespace);
        flux = FluxDouble.start(cluster, namespace);
        // Controllers come back to an API server that was away after half a minute or more.
        cluster.apply(FluxDouble.manifest(namespace, scene.git().plainUrlWithPassword(scene.iac()), "1s", "3m"));
        scene.secret("flux-key", KEY);
        scene.declareInFlux(
                cluster, namespace, "{kind: Webhook, name: flux, type: flux, secret: flux-key, cluster: kwok}");
    }

    @AfterEach
    void end() {
        flux.close();
        scene.close();
        cluster.kubectl("delete", "namespace", namespace, "--wait=false");
    }

    @Test
    void wakesWhoeverWaitsForAClusterThatWasAwayAndEndsAlikeHoweverItIsTold() throws IOException {
        cluster.killApi();
        String id;
        try {
            id = scene.start("1.0.0");
            await("rare questions")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> pendingLook(id).path("attempt").asInt() >= RARE);
        } finally {
            cluster.startApi();
        }

        deliverLateAndTwiceAndInReverse();

        assertThat(ended(id)).isEqualTo("deployed");
        List<JsonNode> history = history(id);
        Instant told = timeOf(
                history.stream()
                        .filter(event -> event.path("workflowExecutionSignaledEventAttributes")
                                .path("signalName")
                                .asString()
                                .equals("look"))
                        .toList(),
                "EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED",
                Instant.EPOCH);
        Instant givenUp = timeOf(history, "EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED", told);
        Instant looked = timeOf(history, "EVENT_TYPE_ACTIVITY_TASK_SCHEDULED", givenUp);
        assertThat(Duration.between(told, looked)).isLessThan(Duration.ofSeconds(30));
        String untold = scene.start("1.1.0");
        assertThat(ended(untold)).isEqualTo("deployed");
        assertThat(scene.iac().trailers("Slipway-Deployment")).containsExactlyInAnyOrder(id, untold);
        assertThat(stack.log("server")).doesNotContain(KEY);
    }

    @Test
    void refusesWhatNobodySignedWithoutATrace() {
        String body = event(Instant.now());

        deliver(body, "sha256=" + hex(body + " ")).expect(401);
        deliver(body, "").expect(401);

        assertThat(stack.log("server"))
                .contains("Webhook flux: delivery rejected: the signature is missing or invalid")
                .doesNotContain("ReconciliationSucceeded");
    }

    private void deliverLateAndTwiceAndInReverse() {
        Instant now = Instant.now();
        List<String> events = IntStream.range(0, 5)
                .mapToObj(i -> event(now.minusSeconds(20L * i)))
                .toList();
        for (String body : events) {
            deliver(body, "sha256=" + hex(body)).expect(202);
            deliver(body, "sha256=" + hex(body)).expect(401);
        }
    }

    private Answer deliver(String body, String signature) {
        return stack.api().as(null).post("/api/webhooks/flux", body, Map.of("X-Signature", signature));
    }

    private String event(Instant at) {
        return """
                {"involvedObject": {"kind": "HelmRelease", "namespace": "%s", "name": "shop"}, "severity": "info",
                 "timestamp": "%s", "message": "Helm upgrade succeeded", "reason": "ReconciliationSucceeded",
                 "reportingController": "helm-controller"}""".formatted(namespace, at);
    }

    private static String hex(String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String ended(String id) {
        JsonNode ended = stack.deployments().awaitEnd(id, Duration.ofMinutes(4));
        return ended.path("status").asString();
    }

    private static JsonNode pendingLook(String id) {
        return temporal("describe", id).path("pendingActivities").path(0);
    }

    private static List<JsonNode> history(String id) {
        List<JsonNode> events = new ArrayList<>();
        temporal("show", id).path("events").forEach(events::add);
        return events;
    }

    private static JsonNode temporal(String verb, String id) {
        return stack.temporal("workflow", verb, "--workflow-id", "deployment/" + id, "--output", "json")
                .expect(0)
                .json();
    }

    /** Of the first event of this type that is not before {@code from}. */
    private static Instant timeOf(List<JsonNode> history, String type, Instant from) {
        return history.stream()
                .filter(event -> event.path("eventType").asString().equals(type))
                .map(event -> Instant.parse(event.path("eventTime").asString()))
                .filter(at -> !at.isBefore(from))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + type + " after " + from + " in " + history));
    }
}
