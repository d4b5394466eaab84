package dev.slipway.cli.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.cli.ApiDouble;
import dev.slipway.cli.ApiDouble.Answer;
import dev.slipway.cli.CommandRun;
import dev.slipway.cli.CommandRun.Result;
import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.terminal.Streams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretCommandsTest {
    private static final String PUT = "PUT /api/secrets/iac-token";
    private static final String VALUE = "glpat-not-to-be-seen";
    private static final String STORED = secret("2026-11-21T12:00:00.5Z", "2026-11-21T12:00:00.5Z");

    @TempDir
    Path directory;

    private final ApiDouble api = new ApiDouble();

    private static String secret(String created, String changed) {
        return "{\"name\":\"iac-token\",\"createdAt\":\"" + created + "\",\"changedAt\":\"" + changed + "\"}";
    }

    @AfterEach
    void close() {
        api.close();
    }

    private Result run(String input, String... arguments) {
        return CommandRun.with(api, directory).input(input).run(arguments);
    }

    private String sent() {
        return api.received(PUT).getLast().json().path("value").asString();
    }

    @ParameterizedTest
    @ValueSource(strings = {VALUE, VALUE + "\n", VALUE + "\r\n"})
    void storesASingleLineWithoutItsEnd(String input) {
        api.answer(PUT, Answer.of(201, STORED));

        Result result = run(input, "secret", "set", "iac-token");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("secret iac-token stored\n");
        assertThat(sent()).isEqualTo(VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"one\ntwo\n", "one\n\n", " \" \\ ä\n ", "\n\n"})
    void storesLongerTextsAsTheyAre(String input) {
        api.answer(PUT, Answer.of(201, STORED));

        run(input, "secret", "set", "iac-token", "--from-file", "-");

        assertThat(sent()).isEqualTo(input);
    }

    @Test
    void storesAFileAndSaysThatItTookThePlaceOfAnother() throws IOException {
        api.answer(PUT, Answer.of(200, secret("2026-11-21T12:00:00Z", "2026-11-21T13:00:00Z")));
        Files.writeString(directory.resolve("token.txt"), VALUE + "\n");

        Result result = run("", "secret", "set", "iac-token", "--from-file", "token.txt");

        assertThat(result.out()).isEqualTo("secret iac-token changed\n");
        assertThat(sent()).isEqualTo(VALUE);
    }

    @Test
    void storesItAgainWhenTheAnswerIsLost() {
        api.answer(PUT, Answer.of(0, ""));
        api.answer(PUT, Answer.of(200, STORED));

        assertThat(run(VALUE, "secret", "set", "iac-token").exitCode()).isZero();

        assertThat(api.received(PUT)).hasSize(2);
    }

    @Test
    void sendsNothingThatIsNoSecret() throws IOException {
        Files.write(directory.resolve("binary"), new byte[] {(byte) 0xFF, 1});

        assertThat(run("", "secret", "set", "iac-token").err()).contains("no value in standard input");
        assertThat(run("\n", "secret", "set", "iac-token").exitCode()).isEqualTo(1);
        assertThat(run("x".repeat(65_537), "secret", "set", "iac-token").err()).contains("64 KiB");
        assertThat(run("", "secret", "set", "iac-token", "--from-file", "nowhere")
                        .err())
                .contains("no such file");
        assertThat(run("", "secret", "set", "iac-token", "--from-file", "binary")
                        .err())
                .contains("is not UTF-8 text")
                .contains("Base64");
        assertThat(run(VALUE, "secret", "set", "Not/A/Name").exitCode()).isEqualTo(2);
        assertThat(run(VALUE, "secret", "set").exitCode()).isEqualTo(2);
        assertThat(run("", "secret").exitCode()).isEqualTo(2);
        assertThat(api.received(PUT)).isEmpty();
    }

    @Test
    void showsTheValueNowhere() {
        api.answer(PUT, Answer.problem(413, "too-large", "value: is too large", null));

        Result result = run(VALUE, "secret", "set", "iac-token", "--debug");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out() + result.err()).contains("too large").doesNotContain(VALUE);
    }

    @Test
    void asksAPersonWithoutShowingTheAnswer() {
        Streams streams = Streams.ofThisProcess();

        assertThat(new SecretInput(streams, question -> {
                            assertThat(question).isEqualTo("Value of iac-token (not shown): ");
                            return Optional.of(" typed ".toCharArray());
                        })
                        .ask("iac-token"))
                .isEqualTo(" typed ");
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> new SecretInput(streams, _ -> Optional.empty()).ask("iac-token"))
                .withMessage("missing value");
    }

    @Test
    void listsNamesAndTimes() {
        api.answer("GET /api/secrets", Answer.of(200, "{\"items\":[" + STORED + "]}"));

        assertThat(run("", "secret", "list").out()).isEqualTo("""
                NAME        CREATED                CHANGED
                iac-token   2026-11-21T12:00:00Z   2026-11-21T12:00:00Z
                """);
        assertThat(run("", "secret", "list", "--json")
                        .json()
                        .at("/items/0/name")
                        .asString())
                .isEqualTo("iac-token");
    }

    @Test
    void saysThatThereIsNone() {
        api.answer("GET /api/secrets", Answer.of(200, "{\"items\":[]}"));

        assertThat(run("", "secret", "list").err()).isEqualTo("no secrets\n");
        assertThat(run("", "secret", "list", "--json").json().path("items").size())
                .isZero();
    }

    @Test
    void forgetsASecret() {
        api.answer("DELETE /api/secrets/iac-token", Answer.of(204, ""));
        api.answer(
                "DELETE /api/secrets/other",
                Answer.problem(404, "unknown-secret", "There is no secret \"other\"", null));

        assertThat(run("", "secret", "delete", "iac-token").out()).isEqualTo("secret iac-token deleted\n");

        Result unknown = run("", "secret", "delete", "other");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.err()).contains("There is no secret").contains("hint: list them: slipway secret list");
    }
}
