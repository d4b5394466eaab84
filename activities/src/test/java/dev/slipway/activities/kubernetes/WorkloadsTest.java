package dev.slipway.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far workloads have come, as kubectl rollout status has it, and why they will not come further. */
class WorkloadsTest {
    private static final Instant NOW = Snapshot.PUSHED.plusSeconds(20);
    private static final String WANTED = "observedGeneration: 1, replicas: 3, updatedReplicas: 3, availableReplicas: 1";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Deployment  | replicas: 3 | observedGeneration: 1, replicas: 3, updatedReplicas: 3, availableReplicas: 3 | ''
            Deployment  | replicas: 3 | observedGeneration: 0, replicas: 3, updatedReplicas: 3, availableReplicas: 3 | is not observed by its controller yet
            Deployment  | replicas: 3 | observedGeneration: 1, replicas: 4, updatedReplicas: 2, availableReplicas: 4 | 2 of 3 ready
            Deployment  | replicas: 3 | observedGeneration: 1, replicas: 4, updatedReplicas: 3, availableReplicas: 3 | 1 old replicas still terminating
            Deployment  | paused: true | observedGeneration: 1, replicas: 1 | 0 of 1 ready, and is paused
            Deployment  | replicas: 0 | observedGeneration: 1 | ''
            StatefulSet | replicas: 2 | observedGeneration: 1, readyReplicas: 1 | 1 of 2 ready
            StatefulSet | replicas: 2 | observedGeneration: 1, readyReplicas: 2, updatedReplicas: 1, updateRevision: b, currentRevision: a | 1 of 2 updated
            StatefulSet | replicas: 2 | observedGeneration: 1, readyReplicas: 2, updatedReplicas: 2, updateRevision: b, currentRevision: b | ''
            StatefulSet | replicas: 2, updateStrategy: {type: OnDelete} | observedGeneration: 1, readyReplicas: 2, updateRevision: b, currentRevision: a | ''
            StatefulSet | replicas: 3, updateStrategy: {rollingUpdate: {partition: 2}} | observedGeneration: 1, readyReplicas: 3, updatedReplicas: 1, updateRevision: b, currentRevision: a | ''
            DaemonSet   | {} | observedGeneration: 1, desiredNumberScheduled: 2, updatedNumberScheduled: 1, numberAvailable: 2 | 1 of 2 updated
            DaemonSet   | {} | observedGeneration: 1, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 1 | 1 of 2 ready
            DaemonSet   | {} | observedGeneration: 1, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2 | ''
            Job         | {} | active: 1 | has not completed
            Job         | suspend: true | active: 0 | is suspended
            Job         | {} | conditions: [{type: Complete, status: "True"}] | ''
            Job         | {} | conditions: [{type: Failed, status: "True", message: Backoff}] | has failed
            """)
    void saysWhatIsMissing(String kind, String spec, String status, String missing) {
        String specification = spec.equals("{}") ? spec : "{" + spec + "}";

        assertThat(look(true, workload(kind, specification, status)).missing())
                .isEqualTo(missing.isEmpty() ? List.of() : List.of(kind + " shop " + missing));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ImagePullBackOff           | Image shop:2 of pod shop-a cannot be pulled (ImagePullBackOff): the message
            ErrImagePull               | Image shop:2 of pod shop-a cannot be pulled (ErrImagePull): the message
            InvalidImageName           | Image shop:2 of pod shop-a cannot be pulled (InvalidImageName): the message
            CreateContainerConfigError | Container app of pod shop-a cannot be created (CreateContainerConfigError): the message
            CrashLoopBackOff           | Container app of pod shop-a is crash-looping (CrashLoopBackOff, restarted 4 times): the message
            """)
    void tellsWhyAPodCannotStart(String reason, String message) {
        Rollout rollout = look(true, deployment(), replicaSet("new", 2), pod("a", "new", waiting(reason)));

        assertThat(rollout.trouble()).map(Trouble::message).contains("Deployment shop: " + message);
    }

    @Test
    void saysWhatAPodWaitsFor() {
        Rollout rollout = look(true, deployment(), replicaSet("new", 2), pod("a", "new", waiting("ContainerCreating")));

        assertThat(rollout.summary())
                .isEqualTo("Deployment shop 1 of 3 ready; waiting for pod shop-a: ContainerCreating");
        assertThat(rollout.trouble()).isEmpty();
    }

    @Test
    void tellsHowAContainerEndedAndWhoseLogsHelp() {
        String crashed = waiting("CrashLoopBackOff")
                .replace("restartCount", "lastState: {terminated: {exitCode: 137, reason: OOMKilled}}, restartCount");

        Trouble trouble = look(true, deployment(), replicaSet("new", 2), pod("a", "new", crashed))
                .trouble()
                .orElseThrow();

        assertThat(trouble.message()).endsWith("(CrashLoopBackOff, restarted 4 times), last exit code 137 (OOMKilled)");
        assertThat(trouble.logs()).isEqualTo(new Verdict.Container("apps", "shop-a", "app", Map.of()));
    }

    @Test
    void hidesSecretsInTheLastWordsOfAContainer() {
        String crashed = waiting("CrashLoopBackOff")
                .replace(
                        "restartCount",
                        "lastState: {terminated: {exitCode: 1, message: no hunter22 here}}, restartCount");
        String pod = pod("a", "new", crashed)
                + "spec: {containers: [{name: app, env: [{name: DB_PASSWORD, value: hunter22},"
                + " {name: OTHER, valueFrom: {secretKeyRef: {name: a, key: b}}}]}]}\n";

        Trouble trouble =
                look(true, deployment(), replicaSet("new", 2), pod).trouble().orElseThrow();

        assertThat(trouble.message()).endsWith("last exit code 1: no *** here");
        assertThat(trouble.logs())
                .isEqualTo(new Verdict.Container("apps", "shop-a", "app", Map.of("DB_PASSWORD", "hunter22")))
                .asString()
                .doesNotContain("hunter22");
    }

    @Test
    void doesNotCareAboutPodsOfEarlierRevisions() {
        Rollout rollout = look(
                true,
                deployment(),
                replicaSet("old", 1),
                replicaSet("new", 2),
                pod("a", "old", waiting("ImagePullBackOff")));

        assertThat(rollout.trouble()).isEmpty();
    }

    @Test
    void doesNotTakeWhatWasBrokenBeforeThePushForWhatIsPushed() {
        String before = pod("a", "new", waiting("ImagePullBackOff")).replace("10:00:01Z", "09:00:00Z");

        assertThat(look(false, deployment(), replicaSet("new", 2), before).trouble())
                .isEmpty();
        assertThat(look(true, deployment(), replicaSet("new", 2), before).trouble())
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({"10:00:00Z, false", "09:59:51Z, false", "09:59:50Z, true"})
    void givesTheClusterTimeToFindANode(String since, boolean broken) {
        String unschedulable = """
                conditions: [{type: PodScheduled, status: "False", reason: Unschedulable, message: no node,
                  lastTransitionTime: "2026-05-01T%s"}]""".formatted(since).replace("\n", " ");

        Rollout rollout = look(true, deployment(), replicaSet("new", 2), pod("a", "new", unschedulable));

        assertThat(rollout.summary()).contains("waiting for pod shop-a: Unschedulable: no node");
        assertThat(rollout.trouble().isPresent()).isEqualTo(broken);
        assertThat(rollout.again() == null).isEqualTo(broken);
    }

    @ParameterizedTest
    @CsvSource({"ReplicaFailure, True, FailedCreate", "Progressing, False, ProgressDeadlineExceeded"})
    void tellsWhatTheControllerCannotDo(String type, String status, String reason) {
        String condition = WANTED
                + ", conditions: [{type: %s, status: \"%s\", reason: %s, message: exceeded quota}]"
                        .formatted(type, status, reason);

        assertThat(look(true, workload("Deployment", "{replicas: 3}", condition))
                        .trouble())
                .map(Trouble::message)
                .contains("Deployment shop 1 of 3 ready: exceeded quota");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            StatefulSet | replicas: 3 | observedGeneration: 1, replicas: 1, readyReplicas: 1 | 1 of 3 ready
            DaemonSet   | x: 1        | observedGeneration: 1, desiredNumberScheduled: 2, updatedNumberScheduled: 2 | 0 of 2 ready
            Job         | x: 1        | ready: 0 | has not completed
            """)
    void tellsOfPodsThatCannotBeCreated(String kind, String spec, String status, String missing) {
        String workload = workload(kind, "{" + spec + "}", status);

        assertThat(look(false, workload, failedCreate("10:00:01Z", "10:00:05Z")).trouble())
                .map(Trouble::message)
                .contains(kind + " shop " + missing + ": exceeded quota");
    }

    @Test
    void givesOldPodsTimeToEndBeforeAQuotaCounts() {
        String set = workload("StatefulSet", "{replicas: 3}", "observedGeneration: 1");

        Rollout rollout = look(true, set, failedCreate("10:00:11Z", "10:00:19Z"));

        assertThat(rollout.trouble()).isEmpty();
        assertThat(rollout.again()).isEqualTo(NOW.plusSeconds(1));
    }

    @Test
    void givesThatTimeToAnEventAsWellThatHasComeBefore() {
        String set = workload("StatefulSet", "{replicas: 3}", "observedGeneration: 1");

        Rollout rollout = look(true, set, failedCreate("09:00:00Z", "10:00:19Z"));

        assertThat(rollout.trouble()).isEmpty();
        assertThat(rollout.again()).isEqualTo(NOW.plusSeconds(9));
    }

    @Test
    void doesNotCareAboutPodsThatCouldNotBeCreatedOnce() {
        String set = workload("StatefulSet", "{replicas: 3}", "observedGeneration: 1, replicas: 1");
        String complete = workload("StatefulSet", "{replicas: 3}", "observedGeneration: 1, replicas: 3");
        String since = pod("a", "shop", "phase: Pending").replace("10:00:01Z", "10:00:06Z");
        String event = failedCreate("09:00:00Z", "10:00:05Z");

        assertThat(look(true, set, event).trouble()).isPresent();
        assertThat(look(true, set, event, since).trouble())
                .as("a later one could")
                .isEmpty();
        assertThat(look(true, complete, event).trouble()).as("all are there").isEmpty();
        assertThat(look(true, set, failedCreate("09:00:00Z", "09:59:59Z")).trouble())
                .as("before the push")
                .isEmpty();
        assertThat(look(true, set, event.replace("uid: shop", "uid: other")).trouble())
                .as("another's")
                .isEmpty();
    }

    @Test
    void looksAtPodsOfTheLatestRevisionOfSets() {
        String stateful = workload("StatefulSet", "{replicas: 1}", "observedGeneration: 1, updateRevision: new");
        String daemon = workload("DaemonSet", "{}", "observedGeneration: 1, desiredNumberScheduled: 1")
                .replace("annotations: {", "annotations: {deprecated.daemonset.template.generation: \"7\", ");
        String pod = pod("a", "shop", waiting("ErrImagePull"));

        assertThat(look(true, stateful, labelled(pod, "controller-revision-hash: old"))
                        .trouble())
                .isEmpty();
        assertThat(look(true, stateful, labelled(pod, "controller-revision-hash: new"))
                        .trouble())
                .isPresent();
        assertThat(look(true, daemon, labelled(pod, "pod-template-generation: \"6\""))
                        .trouble())
                .isEmpty();
        assertThat(look(true, daemon, labelled(pod, "pod-template-generation: \"7\""))
                        .trouble())
                .isPresent();
    }

    @Test
    void looksAtNothingOfOtherReleases() {
        String other =
                workload("Deployment", "{replicas: 3}", WANTED).replace("release-name: shop", "release-name: other");

        assertThat(look(true, other).isComplete()).isTrue();
    }

    @Test
    void fallsBackToTheLabelOfTheInstance() {
        String labelled = workload("Deployment", "{replicas: 3}", WANTED)
                .replace("annotations: {", "labels: {app.kubernetes.io/instance: shop}\n  annotations: {x")
                .replace("xmeta.helm.sh/release-name: shop, ", "");

        assertThat(look(true, labelled).isComplete()).isFalse();
    }

    private static Rollout look(boolean applied, String... manifests) {
        Map<Feed, Listing> known = new HashMap<>();
        while (true) {
            View view = new View("prod", known, NOW);
            Rollout rollout =
                    new Workloads(view, Snapshot.PUSHED, applied).look(List.of(Members.ofRelease("apps", "shop")));
            if (view.isComplete()) {
                return rollout;
            }
            view.wanted().forEach(feed -> known.put(feed, new Listing.Known(of(feed.kind(), manifests))));
        }
    }

    private static List<KubernetesObject> of(Kind kind, String... manifests) {
        return new ArrayList<>(Arrays.asList(manifests))
                .stream()
                        .filter(manifest -> manifest.startsWith("kind: " + kind.display() + "\n"))
                        .map(manifest -> new KubernetesObject(
                                kind, new Tree(new KubernetesSerialization().unmarshal(manifest, Map.class))))
                        .toList();
    }

    private static String deployment() {
        return workload("Deployment", "{replicas: 3}", WANTED)
                .replace("annotations: {", "annotations: {deployment.kubernetes.io/revision: \"2\", ");
    }

    private static String workload(String kind, String spec, String status) {
        return """
                kind: %s
                metadata:
                  name: shop
                  namespace: apps
                  uid: shop
                  generation: 1
                  annotations: {meta.helm.sh/release-name: shop, meta.helm.sh/release-namespace: apps}
                spec: %s
                status: {%s}
                """.formatted(kind, spec, status);
    }

    private static String replicaSet(String uid, int revision) {
        return """
                kind: ReplicaSet
                metadata:
                  name: shop-%s
                  namespace: apps
                  uid: %s
                  annotations: {deployment.kubernetes.io/revision: "%d"}
                  ownerReferences: [{uid: shop}]
                """.formatted(uid, uid, revision);
    }

    private static String pod(String name, String owner, String status) {
        return """
                kind: Pod
                metadata:
                  name: shop-%s
                  namespace: apps
                  creationTimestamp: "2026-05-01T10:00:01Z"
                  labels: {}
                  ownerReferences: [{uid: %s}]
                status: {%s}
                """.formatted(name, owner, status);
    }

    private static String failedCreate(String first, String last) {
        return """
                kind: Event
                metadata: {name: shop-1, namespace: apps}
                reason: FailedCreate
                message: exceeded quota
                involvedObject: {uid: shop}
                firstTimestamp: "2026-05-01T%s"
                lastTimestamp: "2026-05-01T%s"
                """.formatted(first, last);
    }

    private static String labelled(String pod, String label) {
        return pod.replace("labels: {}", "labels: {" + label + "}");
    }

    private static String waiting(String reason) {
        return "containerStatuses: [{name: app, image: \"shop:2\", restartCount: 4, state: {waiting: {reason: " + reason
                + ", message: the message}}}]";
    }
}
