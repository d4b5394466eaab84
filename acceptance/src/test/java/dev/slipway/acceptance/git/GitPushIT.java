package dev.slipway.acceptance.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.workflows.gitops.PushOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf(value = "dev.slipway.acceptance.git.GitServer#isUsable", disabledReason = GitServer.NEEDS)
class GitPushIT {
    @TempDir
    static Path folder;

    static GitServer server;

    @TempDir
    Path clones;

    @BeforeAll
    static void start() {
        server = GitServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static IacRepository iac(BareRepository repository) throws IOException {
        return Pusher.repository(
                server.https(repository.name()), "git", Files.readString(server.certificate()), java.util.List.of());
    }

    private Pusher pusher(String name) {
        return new Pusher(clones.resolve(name), Map.of("git", GitServer.PASSWORD));
    }

    private static BareRepository seeded(TestInfo test) {
        return server.create(test.getTestMethod().orElseThrow().getName())
                .seed("main", Map.of("README.md", "Ours", "charts/shop/old.yaml", "gone", "charts/other/a", "kept"));
    }

    @Test
    void pushesACommitThatReplacesTheFolderAndLeavesTheRestAsItIs(TestInfo test) throws IOException {
        BareRepository repository = seeded(test);

        var outcomes = pusher("a").push(iac(repository), Pusher.change("dep1", "charts/shop", "1.2.3"));

        assertThat(outcomes).containsExactly(new PushOutcome.Committed(new DeploymentId("dep1"), repository.head()));
        assertThat(repository.files())
                .containsExactly(
                        "README.md",
                        "charts/other/a",
                        "charts/shop/Chart.yaml",
                        "charts/shop/templates/deployment.yaml");
        assertThat(repository.git("log", "-1", "--format=%an <%ae>%n%cn <%ce>%n%B"))
                .isEqualTo("""
                        Slipway <slipway@example.com>
                        Slipway <slipway@example.com>
                        Deploy charts/shop 1.2.3

                        Slipway-Deployment: dep1
                        Job: https://ci.example.com/dep1""");
    }

    @Test
    void makesOneCommitHoweverOftenItIsAsked(TestInfo test) throws IOException {
        BareRepository repository = seeded(test);
        var change = Pusher.change("dep1", "charts/shop", "1.2.3");

        var first = pusher("a").push(iac(repository), change);
        var again = pusher("a").push(iac(repository), change, change);
        var elsewhere = pusher("b").push(iac(repository), change);

        assertThat(again).containsExactly(first.getFirst(), first.getFirst());
        assertThat(elsewhere).isEqualTo(first);
        assertThat(repository.commits()).isEqualTo(2);
    }

    @Test
    void pushesThoseThatWaitTogether(TestInfo test) throws IOException {
        BareRepository repository = seeded(test);

        var outcomes = pusher("a")
                .push(
                        iac(repository),
                        Pusher.change("dep1", "charts/shop", "1.0.0"),
                        Pusher.change("dep2", "charts/other", "1.0.0"),
                        Pusher.change("dep3", "charts/shop", "2.0.0"));

        assertThat(outcomes).hasSize(3).allMatch(PushOutcome.Committed.class::isInstance);
        assertThat(repository.trailers("Slipway-Deployment")).containsExactly("dep3", "dep2", "dep1");
        assertThat(server.accessLog()).containsOnlyOnce("POST /" + repository.name() + "/git-receive-pack");
    }

    @Test
    void saysThatThereIsNothingToChange(TestInfo test) throws IOException {
        BareRepository repository = seeded(test);
        pusher("a").push(iac(repository), Pusher.change("dep1", "charts/shop", "1.0.0"));

        var outcomes = pusher("a").push(iac(repository), Pusher.change("dep2", "charts/shop", "1.0.0"));

        assertThat(outcomes).containsExactly(new PushOutcome.Unchanged(new DeploymentId("dep2"), repository.head()));
        assertThat(repository.commits()).isEqualTo(2);
    }

    @Test
    void revertsToWhatWasThereBeforeAndOnlyOnce(TestInfo test) throws IOException {
        BareRepository repository = seeded(test);
        String before = repository.git("rev-parse", "main:");
        Pusher pusher = pusher("a");
        pusher.push(iac(repository), Pusher.change("dep1", "charts/shop", "1.0.0"));
        var revert = Pusher.revert("dep1", "charts/shop", repository.head());

        var outcomes = pusher.push(iac(repository), revert);
        var again = pusher.push(iac(repository), revert);

        assertThat(outcomes).containsExactly(new PushOutcome.Committed(new DeploymentId("dep1"), repository.head()));
        assertThat(again).isEqualTo(outcomes);
        assertThat(repository.git("rev-parse", "main:")).isEqualTo(before);
        assertThat(repository.trailers("Slipway-Reverts")).containsExactly("dep1");
        assertThat(repository.commits()).isEqualTo(3);
    }

    @Test
    void removesTheFolderWhereThereWasNoneBefore(TestInfo test) throws IOException {
        BareRepository repository = seeded(test);
        String before = repository.git("rev-parse", "main:");
        pusher("a").push(iac(repository), Pusher.change("dep1", "teams/new/chart", "1.0.0"));

        pusher("a").push(iac(repository), Pusher.revert("dep1", "teams/new/chart", repository.head()));

        assertThat(repository.git("rev-parse", "main:")).isEqualTo(before);
    }

    @Test
    void doesNotRevertWhatSomebodyElseHasPushedSince(TestInfo test) throws IOException {
        BareRepository repository = seeded(test);
        pusher("a").push(iac(repository), Pusher.change("dep1", "charts/shop", "1.0.0"));
        String commit = repository.head();
        pusher("b").push(iac(repository), Pusher.change("dep2", "charts/shop", "2.0.0"));

        var outcomes = pusher("a").push(iac(repository), Pusher.revert("dep1", "charts/shop", commit));

        assertThat(outcomes).containsExactly(new PushOutcome.Unchanged(new DeploymentId("dep1"), repository.head()));
        assertThat(repository.commits()).isEqualTo(3);
    }

    @Test
    void refusesWhatCannotBeMadeAndPushesTheRest(TestInfo test) throws IOException {
        BareRepository repository = seeded(test);

        var outcomes = pusher("a")
                .push(
                        iac(repository),
                        Pusher.revert("dep1", "charts/shop", "0".repeat(39) + "1"),
                        Pusher.change("dep2", "README.md/chart", "1.0.0"),
                        Pusher.change("dep3", "charts/shop", "1.0.0"));

        assertThat(outcomes.subList(0, 2)).allMatch(PushOutcome.Refused.class::isInstance);
        assertThat(outcomes.get(2)).isEqualTo(new PushOutcome.Committed(new DeploymentId("dep3"), repository.head()));
    }

    @Test
    void readsAllAnewWhereSomebodyHasRewrittenTheBranch(TestInfo test) throws IOException {
        BareRepository repository = seeded(test);
        var change = Pusher.change("dep1", "charts/shop", "1.0.0");
        pusher("a").push(iac(repository), change);
        repository.git("update-ref", "refs/heads/main", repository.git("rev-parse", "main~1"));

        var outcomes = pusher("a").push(iac(repository), change);

        assertThat(outcomes).containsExactly(new PushOutcome.Committed(new DeploymentId("dep1"), repository.head()));
        assertThat(repository.commits()).isEqualTo(2);
    }
}
