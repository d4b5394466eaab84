package dev.slipway.acceptance.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf(value = "dev.slipway.acceptance.git.GitServer#isUsable", disabledReason = GitServer.NEEDS)
class GitFailureIT {
    private static final ChartChange CHANGE = Pusher.change("dep1", "charts/shop", "1.2.3");

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

    private static String authority() throws IOException {
        return Files.readString(server.certificate());
    }

    private static IacRepository iac(GitRemote remote, @Nullable String credential) throws IOException {
        return Pusher.repository(remote, credential, authority(), List.of());
    }

    private static IacRepository iac(BareRepository repository) throws IOException {
        return iac(server.https(repository.name()), "git");
    }

    private Pusher pusher() {
        return new Pusher(clones, Map.of("git", GitServer.PASSWORD, "wrong", "not-the-password"));
    }

    private static BareRepository empty(TestInfo test) {
        return server.create(test.getTestMethod().orElseThrow().getName());
    }

    private static BareRepository seeded(TestInfo test) {
        return empty(test).seed("main", Map.of("README.md", "Ours"));
    }

    private static ThrowableAssertAlternative<ApplicationFailure> assertFails(
            FailureType type, ThrowableAssert.ThrowingCallable push) {
        return assertThatExceptionOfType(ApplicationFailure.class)
                .isThrownBy(push)
                .satisfies(failure -> assertThat(failure.getType()).isEqualTo(type.wireName()))
                .satisfies(failure -> assertThat(failure.isNonRetryable()).isNotEqualTo(type.retryable()));
    }

    @Test
    void tellsWhatAHookSays(TestInfo test) throws IOException {
        BareRepository repository = seeded(test);
        repository.hook("pre-receive", "printf 'No charts on \\033[31mFridays\\033[0m\\n' >&2; exit 1");

        List<PushOutcome> outcomes = pusher().push(iac(repository), CHANGE);

        assertThat(outcomes).singleElement().isInstanceOfSatisfying(PushOutcome.Refused.class, refused -> {
            assertThat(refused.failure().type()).isEqualTo(FailureType.PUSH_REJECTED);
            assertThat(refused.failure().message())
                    .contains("No charts on Fridays", "pre-receive hook declined", repository.name())
                    .doesNotContain("\u001b");
        });
        assertThat(repository.commits()).isEqualTo(1);
    }

    @Test
    void aHookThatRefusesOneChangeKeepsNoOtherBack(TestInfo test) throws IOException {
        BareRepository repository = seeded(test);
        repository.hook("pre-receive", """
                while read old new ref; do
                  ! git log --format=%s "$old..$new" | grep -q bad || { echo 'bad is not allowed' >&2; exit 1; }
                done""");

        List<PushOutcome> outcomes = pusher().push(
                        iac(repository),
                        Pusher.change("dep1", "charts/one", "1.0.0"),
                        Pusher.change("dep2", "charts/bad", "1.0.0"),
                        Pusher.change("dep3", "charts/three", "1.0.0"));

        assertThat(outcomes.get(0)).isInstanceOf(PushOutcome.Committed.class);
        assertThat(outcomes.get(1))
                .isInstanceOfSatisfying(
                        PushOutcome.Refused.class,
                        refused -> assertThat(refused.failure().message()).contains("bad is not allowed"));
        assertThat(outcomes.get(2)).isEqualTo(new PushOutcome.Committed(new DeploymentId("dep3"), repository.head()));
        assertThat(repository.trailers("Slipway-Deployment")).containsExactly("dep3", "dep1");
    }

    @Test
    void tellsThatTheBranchIsProtected(TestInfo test) throws IOException {
        BareRepository repository = seeded(test);
        repository.hook(
                "update",
                "echo 'GitLab: You are not allowed to push code to protected branches on this project.' >&2; exit 1");

        assertFails(FailureType.PUSH_REJECTED, () -> pusher().push(iac(repository), CHANGE))
                .withMessageContaining("protected branches on this project");
    }

    @Test
    void tellsThatTheCredentialIsWrongWithoutRepeatingIt(TestInfo test) throws IOException {
        BareRepository repository = seeded(test);

        assertFails(FailureType.GIT_REFUSED, () -> pusher().push(iac(server.https(repository.name()), "wrong"), CHANGE))
                .withMessageContaining("rejected the credential")
                .withMessageNotContaining("not-the-password");
        assertFails(FailureType.GIT_REFUSED, () -> pusher().push(iac(server.https(repository.name()), null), CHANGE))
                .withMessageContaining("requires a login");
        assertFails(
                FailureType.UNKNOWN_SECRET,
                () -> pusher().push(iac(server.https(repository.name()), "missing"), CHANGE));
    }

    @Test
    void namesTheBranchesThatThereAre(TestInfo test) throws IOException {
        BareRepository repository = empty(test).seed("production", Map.of("README.md", "Ours"));

        assertFails(FailureType.GIT_REFUSED, () -> pusher().push(iac(repository), CHANGE))
                .withMessageContaining("has no branch main. It has: production.");
    }

    @Test
    void beginsTheBranchOfAnEmptyRepository(TestInfo test) throws IOException {
        BareRepository repository = empty(test);

        List<PushOutcome> outcomes = pusher().push(iac(repository), CHANGE);

        assertThat(outcomes).containsExactly(new PushOutcome.Committed(new DeploymentId("dep1"), repository.head()));
        assertThat(repository.commits()).isEqualTo(1);
    }

    @Test
    void saysThatThereIsNoRepository() {
        assertFails(FailureType.GIT_REFUSED, () -> pusher().push(iac(server.https("nothing.git"), "git"), CHANGE))
                .withMessageContaining("does not exist, or its credential has no access to it");
    }

    @Test
    void triesAgainLaterWhereTheServerIsUnavailable() throws IOException {
        assertFails(
                        FailureType.GIT_UNAVAILABLE,
                        () -> pusher().push(iac(server.https("unavailable/shop.git"), "git"), CHANGE))
                .withMessageContaining("503");
        GitRemote nobody = GitRemote.parse("remote", "https://127.0.0.1:1/shop.git");
        assertFails(FailureType.GIT_UNAVAILABLE, () -> pusher().push(iac(nobody, "git"), CHANGE))
                .withMessageContaining("cannot be reached");
    }

    @Test
    void trustsNoCertificateOfAnAuthorityThatIsNotNamed(TestInfo test) throws IOException {
        BareRepository repository = seeded(test);
        IacRepository stranger = Pusher.repository(server.https(repository.name()), "git", null, List.of());

        assertFails(FailureType.GIT_REFUSED, () -> pusher().push(stranger, CHANGE))
                .withMessageContaining("certificateAuthority");
    }

    @Test
    void followsARedirectOnTheSameHostAndNoOther(TestInfo test) throws IOException {
        BareRepository repository = seeded(test);

        List<PushOutcome> outcomes = pusher().push(iac(server.https("old/" + repository.name()), "git"), CHANGE);

        assertThat(outcomes).containsExactly(new PushOutcome.Committed(new DeploymentId("dep1"), repository.head()));
        assertFails(
                        FailureType.GIT_REFUSED,
                        () -> pusher().push(iac(server.https("elsewhere/shop.git"), "git"), CHANGE))
                .withMessageContaining("redirects to the host localhost");
        assertThat(server.accessLog()).doesNotContain("/other.git");
    }
}
