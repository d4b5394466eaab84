package dev.slipway.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.acceptance.fault.FaultPointsIT.Fault;
import dev.slipway.acceptance.git.BareRepository;
import dev.slipway.acceptance.git.CuttingProxy;
import dev.slipway.acceptance.git.GitServer;
import dev.slipway.acceptance.gitops.GitOpsScene;
import dev.slipway.acceptance.invariant.Invariants;
import dev.slipway.acceptance.stack.EventStream;
import dev.slipway.acceptance.stack.Stack;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Whatever dies while a chart is pushed: there is one commit for it, and the deployment ends as if nothing had been. */
@Tag("faults")
@EnabledIf(value = "dev.slipway.acceptance.git.GitServer#isUsable", disabledReason = GitServer.NEEDS)
class GitOpsFaultIT {
    @RegisterExtension
    static final Stack stack = Stack.named("fault");

    @RegisterExtension
    static final Aftermath aftermath = new Aftermath(stack);

    private static final Duration BOUND = Duration.ofMinutes(2);
    // Of the form, with its head; it has some hundred bytes more.
    private static final int SMALLEST_UPLOAD = 1_700;
    private static final AtomicInteger VERSIONS = new AtomicInteger();

    private static GitOpsScene scene;
    private static BareRepository iac;
    private static FaultPoints points = FaultPoints.none();

    @BeforeAll
    static void learn() {
        scene = GitOpsScene.of(stack, "gitops-faults").declare("reconciler: none");
        iac = scene.iac();
        try (EventStream events = stack.deployments().events(scene.start(next()))) {
            events.awaitEnd(Stack.SOON);
            points = FaultPoints.of(events);
        }
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    record Case(String point, Fault fault) {}

    static List<Case> cases() {
        Fault[] faults = {Fault.KILL_SERVER, Fault.KILL_TEMPORAL, Fault.STOP_DATABASE};
        List<String> sample = points.sample(faults.length);
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < sample.size(); i++) {
            for (int j = 0; j < faults.length; j++) {
                if (FaultPoints.all() || i == j) {
                    cases.add(new Case(sample.get(i), faults[j]));
                }
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void commitsOnceWhateverDiesAtWhichMoment(Case sample) {
        int before = iac.commits();
        String id = scene.start(next());
        try (EventStream events = stack.deployments().events(id)) {
            events.await(event -> event.key().equals(sample.point()), Stack.SOON);
            sample.fault().strike(id, events);

            requireCommittedOnce(id, before, events);
        }
    }

    /** The remote is still deciding, or has taken the push and its answer is not there yet. */
    @ParameterizedTest
    @ValueSource(strings = {"pre-receive", "post-receive"})
    void commitsOnceWhenTheServerDiesWhileTheRemoteIsAtWork(String hook) {
        Path marker = iac.folder().resolve(hook + "-began");
        iac.hook(hook, "cat >/dev/null; [ -e '%1$s' ] || { touch '%1$s'; sleep 2; }".formatted(marker));
        int before = iac.commits();
        String id = scene.start(next());
        try (EventStream events = stack.deployments().events(id)) {
            await().atMost(Stack.SOON).until(() -> Files.exists(marker));
            stack.kill("server");

            requireCommittedOnce(id, before, events);
        } finally {
            iac.hook(hook, "cat >/dev/null");
        }
    }

    @Test
    void takesAChartOnceWhereverItsUploadIsCut() throws IOException {
        int before = iac.commits();
        List<CuttingProxy.Cut> cuts = new ArrayList<>(List.of(new CuttingProxy.Cut.Answer()));
        for (int bytes = 1; bytes < SMALLEST_UPLOAD; bytes += 190) {
            cuts.add(new CuttingProxy.Cut.Request(bytes));
        }
        URI api = URI.create(stack.stackFile().path("url").asString());
        try (CuttingProxy proxy = new CuttingProxy(api.getPort(), "/api/deploy")) {
            for (CuttingProxy.Cut cut : cuts) {
                proxy.next(cut);
                scene.deployAt("http://127.0.0.1:" + proxy.port(), next()).expect(0);
            }
            assertThat(proxy.cuts()).isEqualTo(cuts.size());
        }
        assertThat(iac.commits()).isEqualTo(before + cuts.size());
        assertThat(iac.trailers("Slipway-Deployment")).doesNotHaveDuplicates();
    }

    @Test
    void commitsOfTwentyThatComeAtOnceNoneTwiceAndTheLastWhilePushesAreMadeByHand() throws Exception {
        int before = iac.commits();
        try (ExecutorService jobs = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> started = IntStream.range(0, 20)
                    .mapToObj(_ -> jobs.submit(() -> scene.start(next())))
                    .toList();
            for (int i = 0; i < 5; i++) {
                iac.commitByHand("notes/" + i + ".md");
            }
            List<String> ids = new ArrayList<>();
            for (Future<String> id : started) {
                ids.add(id.get());
            }
            for (String id : ids) {
                JsonNode ended = stack.deployments().awaitEnd(id, BOUND);
                assertThat(ended.path("status").asString()).as("%s", ended).isIn("deployed", "canceled");
            }
            // The environment has one lock: each one that comes supersedes the one under way.
            List<String> committed = iac.trailers("Slipway-Deployment").stream()
                    .filter(ids::contains)
                    .toList();
            assertThat(committed).isNotEmpty().doesNotHaveDuplicates();
            assertThat(iac.commits()).isEqualTo(before + committed.size() + 5);
            assertThat(ids)
                    .filteredOn(id -> stack.deployments()
                            .awaitEnd(id, BOUND)
                            .path("status")
                            .asString()
                            .equals("deployed"))
                    .isNotEmpty()
                    .allMatch(committed::contains);
        }
        assertThat(iac.merges()).isZero();
    }

    private void requireCommittedOnce(String id, int before, EventStream events) {
        events.awaitEnd(BOUND);
        JsonNode ended = stack.deployments().awaitEnd(id);
        assertThat(ended.path("status").asString()).as("%s", ended).isEqualTo("deployed");
        assertThat(iac.trailers("Slipway-Deployment")).containsOnlyOnce(id);
        assertThat(iac.commits()).isEqualTo(before + 1);
        assertThat(ended.path("iacCommit").asString()).isEqualTo(iac.head());
        Invariants.requireEventsWithoutGap(events);
    }

    private static String next() {
        return "1.0." + VERSIONS.incrementAndGet();
    }
}
