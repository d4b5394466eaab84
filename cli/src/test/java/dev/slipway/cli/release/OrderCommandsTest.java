package dev.slipway.cli.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.ApiDouble;
import dev.slipway.cli.ApiDouble.Answer;
import dev.slipway.cli.CommandRun;
import dev.slipway.cli.CommandRun.Result;
import dev.slipway.cli.DeploymentDouble;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderCommandsTest {
    private static final String CREATED = "{\"id\":\"01new000\",\"status\":\"pending\",\"phase\":\"QUEUED\","
            + "\"release\":\"web@v1\",\"environment\":\"staging\",\"rollbackOf\":\"01abcdef\",\"tasks\":[]}";

    @TempDir
    Path directory;

    private final ApiDouble api = new ApiDouble();

    @AfterEach
    void close() {
        api.close();
    }

    private Result run(String... arguments) {
        return CommandRun.with(api, directory).run(arguments);
    }

    @ParameterizedTest
    @CsvSource({"cancel, canceling", "pause, paused", "resume, resumed", "abandon, abandoning the rollback"})
    void passesTheReasonOn(String verb, String words) {
        api.answer("POST /api/deployments/01ab/" + verb, Answer.of(202, CREATED));

        Result result = run(verb, "01ab", "--reason", "I say \"so\"");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEqualTo("deployment 01new000: " + words + "\n");
        assertThat(api.received("POST /api/deployments/01ab/" + verb).getFirst().body())
                .isEqualTo("{\"reason\":\"I say \\\"so\\\"\"}");
    }

    @ParameterizedTest
    @CsvSource({"retry, retrying web-2", "skip, skipping web-2"})
    void namesTheTarget(String verb, String words) {
        api.answer("POST /api/deployments/01ab/" + verb, Answer.of(200, CREATED));

        Result result = run(verb, "01ab", "--target", "web-2");

        assertThat(result.out()).contains(words);
        assertThat(api.received("POST /api/deployments/01ab/" + verb).getFirst().body())
                .isEqualTo("{\"target\":\"web-2\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rollback --no-wait", "retry --target a", "skip --target a", "cancel"})
    void asksTheSameAgainWhenTheAnswerIsLost(String words) {
        List<String> arguments = new ArrayList<>(List.of(words.split(" ", -1)));
        String request = "POST /api/deployments/01ab/" + arguments.getFirst();
        api.answer(request, Answer.of(0, ""));
        api.answer(request, Answer.of(202, CREATED));
        arguments.add("01ab");

        assertThat(run(arguments.toArray(String[]::new)).exitCode()).isZero();

        assertThat(api.received(request)).hasSize(2);
        List<String> keys = api.received(request).stream()
                .map(received -> received.header("Idempotency-key"))
                .distinct()
                .toList();
        assertThat(keys).hasSize(1);
        assertThat(keys.getFirst()).isNotEmpty();
    }

    @Test
    void tellsWhyTheServerDoesNotDoIt() {
        api.answer(
                "POST /api/deployments/01ab/cancel",
                Answer.problem(409, "not-possible-now", "Deployment 01abcdef has ended: completed.", null));

        Result result = run("cancel", "01ab");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("error: Deployment 01abcdef has ended: completed.\n");
    }

    @Test
    void followsTheNewDeploymentOfARollback() {
        api.answer("POST /api/deployments/01abcdef/rollback", Answer.of(202, CREATED));
        api.add(new DeploymentDouble("01new000", "web@v1", "web-1").rollbackOf("01abcdef"))
                .install("web-1")
                .end("completed", "Done.", null);

        Result result = run("rollback", "01abcdef");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("succeeded: web@v1 runs on 1 target of staging");
    }

    @Test
    void succeedsWhenTheDeploymentThatIsUnderWayIsRolledBackAsAsked() {
        DeploymentDouble live = api.add(new DeploymentDouble("01abcdef", "web@v2", "web-1"));
        api.answer(
                "POST /api/deployments/01abcdef/rollback",
                Answer.of(
                        202,
                        CREATED.replace("01new000", "01abcdef").replace("\"01abcdef\",\"tasks\"", "null,\"tasks\"")));
        live.install("web-1").status("rolling_back", "By a person.").end("rolled_back", "By a person.", null);

        Result result = run("rollback", "01abcdef", "--reason", "error rate");

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("rolled back: the targets of staging run the release from before web@v2");
    }

    @Test
    void saysThatThereIsNothingToGoBackTo() {
        api.answer(
                "POST /api/deployments/01abcdef/rollback",
                Answer.problem(409, "no-rollback-target", "Nothing else has completed in \"staging\".", null));

        Result result = run("rollback", "01abcdef");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("Nothing else has completed").contains("hint: deploy the release");
    }

    @Test
    void failsWhenTheDeploymentCompletedInsteadOfBeingRolledBack() {
        DeploymentDouble live = api.add(new DeploymentDouble("01abcdef", "web@v2", "web-1"));
        api.answer(
                "POST /api/deployments/01abcdef/rollback",
                Answer.of(
                        202,
                        CREATED.replace("01new000", "01abcdef").replace("\"01abcdef\",\"tasks\"", "null,\"tasks\"")));
        live.install("web-1").end("completed", "Done.", null);

        Result result = run("rollback", "01abcdef");

        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.err())
                .contains("was not rolled back; it ended as completed")
                .contains("roll back now: slipway rollback 01abcdef");
    }
}
