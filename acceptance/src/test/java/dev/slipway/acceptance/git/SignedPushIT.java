package dev.slipway.acceptance.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.acceptance.stack.Command;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.workflows.gitops.PushOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf(value = "dev.slipway.acceptance.git.GitServer#isUsable", disabledReason = GitServer.NEEDS)
class SignedPushIT {
    private static final String TAKES_SIGNED_COMMITS_ONLY = """
            while read old new ref; do
              for commit in $(git rev-list "$old..$new"); do
                git verify-commit "$commit" || { echo "$commit is not signed" >&2; exit 1; }
              done
            done""";

    @TempDir
    static Path folder;

    static GitServer server;
    static Path key;

    @TempDir
    Path clones;

    @BeforeAll
    static void start() {
        server = GitServer.start(folder);
        key = folder.resolve("signing-key");
        Command.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key.toString())
                .expect(0);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** One that knows who may sign. */
    private static BareRepository seeded(TestInfo test) throws IOException {
        BareRepository repository =
                server.create(test.getTestMethod().orElseThrow().getName()).seed("main", Map.of("README.md", "Ours"));
        Path signers = Files.writeString(
                repository.folder().resolve("allowed-signers"),
                "slipway@example.com " + Files.readString(Path.of(key + ".pub")));
        repository.git("config", "gpg.format", "ssh");
        repository.git("config", "gpg.ssh.allowedSignersFile", signers.toString());
        return repository;
    }

    private static IacRepository unsigned(BareRepository repository) throws IOException {
        return Pusher.repository(
                server.https(repository.name()), "git", Files.readString(server.certificate()), List.of());
    }

    private static IacRepository signed(BareRepository repository) throws IOException {
        return Pusher.signed(unsigned(repository), "iac-signing");
    }

    private Pusher pusher(String name, String signingKey) {
        return new Pusher(clones.resolve(name), Map.of("git", GitServer.PASSWORD, "iac-signing", signingKey));
    }

    private Pusher pusher() throws IOException {
        return pusher("a", Files.readString(key));
    }

    @Test
    void theRemoteAcceptsTheSignaturesOfDeploymentsAndOfTheirReverts(TestInfo test) throws IOException {
        BareRepository repository = seeded(test);

        pusher().push(signed(repository), Pusher.change("dep1", "charts/shop", "1.0.0"));
        repository.git("verify-commit", "main");
        pusher().push(signed(repository), Pusher.revert("dep1", "charts/shop", repository.head()));
        repository.git("verify-commit", "main", "main~1");

        assertThat(repository.git("log", "--format=%an %ae %ce %G? %GS", "main", "-2"))
                .isEqualTo("Slipway slipway@example.com slipway@example.com G slipway@example.com\n"
                        .repeat(2)
                        .strip());
        assertThat(repository.trailers("Slipway-Deployment")).containsExactly("dep1");
        assertThat(repository.trailers("Slipway-Reverts")).containsExactly("dep1");
    }

    @Test
    void satisfiesAHookThatRefusesUnsignedCommits(TestInfo test) throws IOException {
        BareRepository repository = seeded(test);
        repository.hook("pre-receive", TAKES_SIGNED_COMMITS_ONLY);

        var refused = pusher().push(unsigned(repository), Pusher.change("dep1", "charts/shop", "1.0.0"));
        var taken = pusher().push(
                        signed(repository),
                        Pusher.change("dep2", "charts/shop", "1.0.0"),
                        Pusher.change("dep3", "charts/other", "1.0.0"),
                        Pusher.change("dep4", "charts/shop", "2.0.0"));

        assertThat(refused).singleElement().isInstanceOfSatisfying(PushOutcome.Refused.class, outcome -> {
            assertThat(outcome.failure().type()).isEqualTo(FailureType.PUSH_REJECTED);
            assertThat(outcome.failure().message()).contains("is not signed");
        });
        assertThat(taken).hasSize(3).allMatch(PushOutcome.Committed.class::isInstance);
        assertThat(repository.trailers("Slipway-Deployment")).containsExactly("dep4", "dep3", "dep2");
    }

    @Test
    void pushesNothingThatItCannotSignAndKnowsWhatItHasPushedBefore(TestInfo test) throws IOException {
        BareRepository repository = seeded(test);
        var before = Pusher.change("dep1", "charts/shop", "1.0.0");
        pusher().push(signed(repository), before);
        String head = repository.head();
        String publicKey = Files.readString(Path.of(key + ".pub"));

        var outcomes =
                pusher("b", publicKey).push(signed(repository), before, Pusher.change("dep2", "charts/shop", "2.0.0"));
        var unknown = pusher().push(
                        Pusher.signed(unsigned(repository), "nobodys"), Pusher.change("dep2", "charts/shop", "2.0.0"));

        assertThat(outcomes.getFirst()).isEqualTo(new PushOutcome.Committed(new DeploymentId("dep1"), head));
        assertThat(outcomes.getLast()).isInstanceOfSatisfying(PushOutcome.Refused.class, outcome -> {
            assertThat(outcome.failure().type()).isEqualTo(FailureType.INVALID_SIGNING_KEY);
            assertThat(outcome.failure().message()).contains("iac-signing", "public key");
        });
        assertThat(unknown)
                .singleElement()
                .isInstanceOfSatisfying(
                        PushOutcome.Refused.class,
                        outcome -> assertThat(outcome.failure().type()).isEqualTo(FailureType.UNKNOWN_SECRET));
        assertThat(repository.head()).isEqualTo(head);
    }
}
