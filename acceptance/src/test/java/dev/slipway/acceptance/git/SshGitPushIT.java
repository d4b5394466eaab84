package dev.slipway.acceptance.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.workflows.gitops.ChartChange;
import dev.slipway.workflows.gitops.PushOutcome;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledIf(value = "dev.slipway.acceptance.git.SshGitServer#isUsable", disabledReason = SshGitServer.NEEDS)
class SshGitPushIT {
    private static final ChartChange CHANGE = Pusher.change("dep1", "charts/shop", "1.2.3");

    @TempDir
    static Path folder;

    static SshGitServer server;

    @TempDir
    Path clones;

    @BeforeAll
    static void start() {
        server = SshGitServer.start(folder);
        server.key("stranger", "ed25519", "RFC4716");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static BareRepository seeded(String name) {
        return server.create(name).seed("main", Map.of("README.md", "Ours"));
    }

    private static IacRepository iac(BareRepository repository, List<String> knownHosts) {
        return Pusher.repository(server.remote(repository), "key", null, knownHosts);
    }

    private Pusher pusher(String key) {
        return new Pusher(clones, Map.of("key", key));
    }

    @ParameterizedTest
    @CsvSource({"ed25519,RFC4716", "ecdsa,RFC4716", "ecdsa,PKCS8", "rsa,RFC4716", "rsa,PKCS8", "rsa,PEM"})
    void pushesWithAKeyOfAnyUsualKind(String type, String format) {
        BareRepository repository = seeded(type + format);
        IacRepository iac = iac(repository, server.knownHosts("host"));
        Pusher pusher = pusher(server.allowedKey(type, format));

        List<PushOutcome> outcomes = pusher.push(iac, CHANGE);

        PushOutcome committed = new PushOutcome.Committed(new DeploymentId("dep1"), repository.head());
        assertThat(outcomes).containsExactly(committed);
        assertThat(pusher.push(iac, CHANGE)).containsExactly(committed);
        assertThat(repository.commits()).isEqualTo(2);
    }

    @Test
    void fetchesWhatOthersHavePushed() {
        BareRepository repository = seeded("others");
        IacRepository iac = iac(repository, server.knownHosts("host"));
        String key = server.allowedKey("ed25519", "RFC4716");
        pusher(key).push(iac, CHANGE);
        new Pusher(clones.resolve("other"), Map.of("key", key))
                .push(iac, Pusher.change("dep2", "charts/other", "1.0.0"));

        List<PushOutcome> outcomes = pusher(key).push(iac, Pusher.change("dep3", "charts/shop", "2.0.0"));

        assertThat(outcomes).containsExactly(new PushOutcome.Committed(new DeploymentId("dep3"), repository.head()));
        assertThat(repository.trailers("Slipway-Deployment")).containsExactly("dep3", "dep2", "dep1");
    }

    @Test
    void offersNothingToAHostWithAnotherKey() {
        BareRepository repository = seeded("changed");
        String key = server.allowedKey("ed25519", "RFC4716");
        int logins = logins();

        assertRefuses(key, iac(repository, server.knownHosts("stranger")), "which does not match knownHosts");

        assertThat(logins()).isEqualTo(logins);
        assertThat(repository.commits()).isEqualTo(1);
    }

    @Test
    void offersNothingToAHostThatIsNotKnown() {
        BareRepository repository = seeded("unknown");
        String key = server.allowedKey("ed25519", "RFC4716");
        int logins = logins();

        assertRefuses(key, iac(repository, List.of("elsewhere.example.com ssh-ed25519 AAAA")), "has no key for it");

        assertThat(logins()).isEqualTo(logins);
    }

    @Test
    void tellsThatTheKeyMayNotLogIn() {
        BareRepository repository = seeded("denied");
        server.allowedKey("ecdsa", "PEM");

        assertRefuses(
                server.key("nobody", "ed25519", "RFC4716"),
                iac(repository, server.knownHosts("host")),
                "rejected the key");
    }

    @Test
    void tellsThatThereIsNoSuchRepository() {
        BareRepository repository = new BareRepository(folder.resolve("nothing.git"));

        assertRefuses(
                server.allowedKey("rsa", "RFC4716"),
                iac(repository, server.knownHosts("host")),
                "does not exist, or its credential has no access to it");
    }

    @Test
    void tellsThatTheSecretIsNoKeyWithoutShowingIt() {
        assertRefuses(
                "-----BEGIN OPENSSH PRIVATE KEY-----\nmy secret\n",
                iac(seeded("broken"), server.knownHosts("host")),
                "not a usable SSH private key");
    }

    private static int logins() {
        return server.log().split("Accepted publickey|Failed publickey|Postponed publickey", -1).length;
    }

    private void assertRefuses(String key, IacRepository repository, String message) {
        assertThatExceptionOfType(ApplicationFailure.class)
                .isThrownBy(() -> pusher(key).push(repository, CHANGE))
                .satisfies(failure -> assertThat(failure.getType()).isEqualTo(FailureType.GIT_REFUSED.wireName()))
                .satisfies(failure -> assertThat(failure.isNonRetryable()).isTrue())
                .withMessageContaining(message)
                .withMessageNotContaining("my secret");
    }
}
