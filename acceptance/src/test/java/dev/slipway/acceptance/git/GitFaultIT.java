package dev.slipway.acceptance.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.acceptance.stack.Command;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.gitops.GitRemote;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.workflows.gitops.ChartChange;
import dev.slipway.workflows.gitops.PushOutcome;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf(value = "dev.slipway.acceptance.git.GitServer#isUsable", disabledReason = GitServer.NEEDS)
class GitFaultIT {
    private static final int PUSHERS = 20;
    private static final int BY_HAND = 5;

    @TempDir
    static Path folder;

    static GitServer server;

    @TempDir
    Path work;

    @BeforeAll
    static void start() {
        server = GitServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static IacRepository iac(GitRemote remote) throws IOException {
        return Pusher.repository(remote, "git", Files.readString(server.certificate()), List.of());
    }

    private static IacRepository iac(BareRepository repository) throws IOException {
        return iac(server.https(repository.name()));
    }

    private static GitRemote through(CuttingProxy proxy, BareRepository repository) {
        return GitRemote.parse(
                "remote", "http://" + GitServer.USER + "@127.0.0.1:" + proxy.port() + "/" + repository.name());
    }

    private Pusher pusher(String name) {
        return new Pusher(work.resolve(name), Map.of("git", GitServer.PASSWORD));
    }

    private static BareRepository seeded(TestInfo test) {
        return server.create(test.getTestMethod().orElseThrow().getName()).seed("main", Map.of("README.md", "Ours"));
    }

    @Test
    void twentyPushersAndAPersonEachLandOnceAndNobodyForces(TestInfo test) throws Exception {
        BareRepository repository = seeded(test);
        IacRepository iac = iac(repository);
        List<Callable<List<PushOutcome>>> pushes = new ArrayList<>();
        for (int i = 0; i < PUSHERS; i++) {
            Pusher pusher = pusher("worker" + i);
            ChartChange change = Pusher.change("dep%02d".formatted(i), "charts/app" + i, "1.0.0");
            pushes.add(() -> asTemporalDoes(() -> pusher.push(iac, change)));
        }
        pushes.add(() -> pushByHand(repository));

        List<PushOutcome> outcomes = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(PUSHERS + 1)) {
            for (Future<List<PushOutcome>> push : pool.invokeAll(pushes)) {
                outcomes.addAll(push.get());
            }
        }

        assertThat(outcomes).hasSize(PUSHERS).allMatch(PushOutcome.Committed.class::isInstance);
        assertThat(repository.trailers("Slipway-Deployment"))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, PUSHERS)
                        .mapToObj("dep%02d"::formatted)
                        .toList());
        assertThat(repository.commits()).isEqualTo(1 + PUSHERS + BY_HAND);
        assertThat(repository.merges()).isZero();
        assertThat(repository.files()).hasSize(1 + 2 * PUSHERS + BY_HAND);
    }

    /** Tries again what is to be tried again. */
    private static List<PushOutcome> asTemporalDoes(Callable<List<PushOutcome>> push) throws Exception {
        while (true) {
            try {
                return push.call();
            } catch (ApplicationFailure e) {
                if (e.isNonRetryable()) {
                    throw e;
                }
            }
        }
    }

    private List<PushOutcome> pushByHand(BareRepository repository) throws IOException {
        Path tree = work.resolve("by-hand");
        git(work, "clone", "--quiet", server.urlWithPassword(repository), tree.toString());
        for (int i = 0; i < BY_HAND; i++) {
            Files.writeString(tree.resolve("note" + i), "by hand");
            git(tree, "add", "--all");
            git(tree, "commit", "--quiet", "--message=Note " + i);
            while (attempt(tree, "push", "--quiet").exitCode() != 0) {
                git(tree, "pull", "--quiet", "--rebase");
            }
        }
        return List.of();
    }

    private static void git(Path in, String... arguments) {
        attempt(in, arguments).expect(0);
    }

    private static Command.Result attempt(Path in, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("git", "-c", "user.name=Eve", "-c", "user.email=eve@example.com"));
        command.addAll(List.of(arguments));
        Map<String, String> environment = Map.of(
                "PATH", System.getenv("PATH"),
                "HOME", in.toString(),
                "GIT_SSL_CAINFO", server.certificate().toString());
        return Command.runAlone(in, environment, command.toArray(String[]::new));
    }

    @Test
    void aLostAnswerGivesNoSecondCommit(TestInfo test) throws IOException {
        BareRepository repository = seeded(test);
        ChartChange change = Pusher.change("dep1", "charts/shop", "1.0.0");
        try (CuttingProxy proxy = new CuttingProxy(server.httpPort(), "/git-receive-pack")) {
            IacRepository iac = iac(through(proxy, repository));
            proxy.next(new CuttingProxy.Cut.Answer());

            assertThatExceptionOfType(ApplicationFailure.class)
                    .isThrownBy(() -> pusher("a").push(iac, change))
                    .satisfies(lost -> assertThat(lost.getType()).isEqualTo(FailureType.GIT_UNAVAILABLE.wireName()))
                    .satisfies(lost -> assertThat(lost.isNonRetryable()).isFalse());
            String taken = repository.head();

            assertThat(pusher("a").push(iac, change)).containsExactly(committed(taken));
            assertThat(pusher("b").push(iac, change)).containsExactly(committed(taken));
            assertThat(repository.commits()).isEqualTo(2);
            assertThat(proxy.cuts()).isEqualTo(1);
        }
    }

    @Test
    void aPushThatIsCutAnywhereIsMadeAgainOnce(TestInfo test) throws IOException {
        BareRepository repository = seeded(test);
        try (CuttingProxy proxy = new CuttingProxy(server.httpPort(), "/git-receive-pack")) {
            IacRepository iac = iac(through(proxy, repository));
            for (int bytes = 1; bytes < 1_600; bytes += 150) {
                ChartChange change = Pusher.change("dep" + bytes, "charts/shop", "1.0." + bytes);
                int before = proxy.cuts();
                proxy.next(new CuttingProxy.Cut.Request(bytes));
                try {
                    pusher("a").push(iac, change);
                } catch (ApplicationFailure e) {
                    assertThat(e.isNonRetryable()).isFalse();
                }
                proxy.next(new CuttingProxy.Cut.Nothing());

                assertThat(pusher("a").push(iac, change))
                        .containsExactly(new PushOutcome.Committed(change.deployment(), repository.head()));
                assertThat(repository.trailers("Slipway-Deployment")).doesNotHaveDuplicates();
                assertThat(proxy.cuts()).isGreaterThanOrEqualTo(before);
            }
            assertThat(proxy.cuts()).isPositive();
        }
    }

    @Test
    void deathAtAnyStepLeavesOneCommitAndAUsableClone(TestInfo test) throws IOException {
        BareRepository repository = seeded(test);
        IacRepository iac = iac(repository);
        pusher("a").push(iac, Pusher.change("begin", "charts/shop", "0.0.0"));
        List<String> steps = new ArrayList<>();
        pushElsewhere(iac, 0);
        pusher("a").push(iac, steps::add, Pusher.change("clean", "charts/shop", "0.1.0"));

        for (int step = 1; step <= steps.size(); step++) {
            pushElsewhere(iac, step);
            ChartChange change = Pusher.change("dep" + step, "charts/shop", "1.0." + step);
            AtomicInteger left = new AtomicInteger(step);
            assertThatExceptionOfType(Death.class).isThrownBy(() -> pusher("a").push(iac, _ -> dieAt(left), change));
            leaveLocks(work.resolve("a"));
            int before = repository.commits();

            assertThat(pusher("a").push(iac, change))
                    .containsExactly(new PushOutcome.Committed(change.deployment(), repository.head()));
            assertThat(repository.commits() - before).isEqualTo(step == steps.size() ? 0 : 1);
        }
        assertThat(repository.trailers("Slipway-Deployment")).doesNotHaveDuplicates();
        assertThat(steps.getLast()).startsWith("pushed");
    }

    /** So that there is something to fetch. */
    private void pushElsewhere(IacRepository iac, int number) {
        pusher("b").push(iac, Pusher.change("other" + number, "charts/other", "1.0." + number));
    }

    @Test
    void aDamagedCloneIsReplaced(TestInfo test) throws IOException {
        BareRepository repository = seeded(test);
        IacRepository iac = iac(repository);
        pusher("a").push(iac, Pusher.change("dep1", "charts/shop", "1.0.0"));
        damage(work.resolve("a"));

        List<PushOutcome> outcomes = pusher("a").push(iac, Pusher.change("dep2", "charts/shop", "2.0.0"));

        assertThat(outcomes).containsExactly(new PushOutcome.Committed(new DeploymentId("dep2"), repository.head()));
        assertThat(pusher("a").push(iac, Pusher.change("dep1", "charts/shop", "1.0.0")))
                .containsExactly(
                        new PushOutcome.Committed(new DeploymentId("dep1"), repository.git("rev-parse", "main~1")));
    }

    private static PushOutcome committed(String commit) {
        return new PushOutcome.Committed(new DeploymentId("dep1"), commit);
    }

    private static void dieAt(AtomicInteger left) {
        if (left.decrementAndGet() == 0) {
            throw new Death();
        }
    }

    /** As a process leaves them that is killed while it writes. */
    private static void leaveLocks(Path clones) throws IOException {
        Path clone = clone(clones);
        Files.writeString(clone.resolve("HEAD.lock"), "");
        Files.writeString(clone.resolve("packed-refs.lock"), "");
        Files.writeString(clone.resolve("config.lock"), "");
        Files.createDirectories(clone.resolve("refs/heads"));
        Files.writeString(clone.resolve("refs/heads/main.lock"), "");
        Files.writeString(clone.resolve("objects/incoming_1.pack"), "PACK");
    }

    private static void damage(Path clones) throws IOException {
        try (var files = Files.walk(clone(clones).resolve("objects"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Path clone(Path clones) throws IOException {
        try (var files = Files.list(clones)) {
            return files.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
