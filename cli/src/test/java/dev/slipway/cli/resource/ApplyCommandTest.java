package dev.slipway.cli.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.ApiDouble;
import dev.slipway.cli.ApiDouble.Answer;
import dev.slipway.cli.ApiDouble.Received;
import dev.slipway.cli.CommandRun;
import dev.slipway.cli.CommandRun.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyCommandTest {
    private static final String POST = "POST /api/apply";

    @TempDir
    Path directory;

    private final ApiDouble api = new ApiDouble();

    @BeforeEach
    void prepare() {
        api.answer(
                POST,
                Answer.of(
                        200,
                        "{\"results\":[{\"kind\":\"Environment\",\"name\":\"staging\",\"change\":\"created\"},"
                                + "{\"kind\":\"Environment\",\"name\":\"prod\",\"change\":\"unchanged\"}]}"));
    }

    @AfterEach
    void close() {
        api.close();
    }

    private Result apply(String... arguments) {
        return applyInput("kind: FromInput\n", arguments);
    }

    private Result applyInput(String input, String... arguments) {
        return CommandRun.with(api, directory).input(input).run(arguments);
    }

    private Received sent() {
        return api.received(POST).getFirst();
    }

    @Test
    void saysWhatBecameOfEachObject() throws IOException {
        Files.writeString(directory.resolve("staging.yaml"), "kind: Environment\n");

        Result result = apply("apply", "-f", "staging.yaml");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEqualTo("Environment staging created\nEnvironment prod unchanged\n");
        assertThat(sent().header("Content-type")).isEqualTo("application/yaml");
        assertThat(sent().body()).isEqualTo("kind: Environment\n");
    }

    @Test
    void sendsADirectoryAsOneSoThatAllOfItHappensOrNothing() throws IOException {
        Files.writeString(directory.resolve("b.yml"), "kind: B");
        Files.writeString(directory.resolve("a.yaml"), "kind: A");
        Files.writeString(directory.resolve("c.json"), "{\"kind\": \"C\"}");
        Files.writeString(directory.resolve("README.md"), "no manifest");

        apply("apply", "-f", ".");

        assertThat(sent().body()).isEqualTo("kind: A\n---\nkind: B\n---\n{\"kind\":\"C\"}");
    }

    @Test
    void namesTheFileAndItsLineThatAreAtFault() throws IOException {
        Files.writeString(directory.resolve("a.yaml"), "kind: A\nname: a\n");
        Files.writeString(directory.resolve("b.yaml"), "kind: B\nnam: b\n");
        api.answer(
                POST,
                Answer.of(
                        400,
                        "{\"type\":\"urn:slipway:problem:invalid-input\",\"status\":400,"
                                + "\"detail\":\"document 2 (B): nam: unknown field (line 6)\",\"field\":\"nam\"}"));

        apply("apply", "-f", ".");
        Result result = apply("apply", "-f", ".");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("nam: unknown field (b.yaml:2)");
    }

    @Test
    void readsStandardInput() {
        apply("apply", "-f", "-");

        assertThat(sent().body()).isEqualTo("kind: FromInput\n");
    }

    @Test
    void sendsJsonAsJson() throws IOException {
        Files.writeString(directory.resolve("c.json"), "{}");

        assertThat(apply("apply", "-f", "c.json", "--json")
                        .json()
                        .get("results")
                        .size())
                .isEqualTo(2);
        assertThat(sent().header("Content-type")).isEqualTo("application/json");
    }

    @Test
    void takesTheDocumentsOfJsonArrays() throws IOException {
        applyInput(" [{\"kind\": \"A\"}, {\"kind\": \"B\", \"timeout\": 1.10}]", "apply", "-f", "-");

        assertThat(sent().header("Content-type")).isEqualTo("application/json");
        assertThat(sent().body()).isEqualTo("[{\"kind\":\"A\"},{\"kind\":\"B\",\"timeout\":1.10}]");
    }

    @Test
    void joinsArraysOfManyFiles() throws IOException {
        Files.writeString(directory.resolve("a.json"), "[\n\t{\"kind\": \"A\"},\n\t{\"kind\": \"http:\\/\\/b\"}\n]");
        Files.writeString(directory.resolve("c.json"), "{\"kind\": \"C\"}");

        apply("apply", "-f", "a.json", "-f", "c.json");
        assertThat(sent().body()).isEqualTo("[{\"kind\":\"A\"},{\"kind\":\"http://b\"},{\"kind\":\"C\"}]");

        apply("apply", "-f", "a.json", "-f", "-");
        assertThat(api.received(POST).getLast().body())
                .isEqualTo("{\"kind\":\"A\"}\n---\n{\"kind\":\"http://b\"}\n---\nkind: FromInput\n");
    }

    @Test
    void namesTheFileThatIsNoJson() throws IOException {
        Files.writeString(directory.resolve("a.json"), "{\"kind\": \"A\"");
        Files.writeString(directory.resolve("b.json"), "{\"kind\": \"A\", \"kind\": \"B\"}");

        assertThat(apply("apply", "-f", "a.json").err()).contains("a.json is not valid JSON: ");
        assertThat(apply("apply", "-f", "b.json").err()).contains("b.json is not valid JSON: Duplicate");
        assertThat(applyInput("[]", "apply", "-f", "-").err()).contains("nothing to apply in -");
        assertThat(api.received(POST)).isEmpty();
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        Files.createDirectory(directory.resolve("empty"));

        assertThat(apply("apply", "-f", "no.yaml").err())
                .contains("no such file")
                .contains("no.yaml");
        assertThat(apply("apply", "-f", "empty").err()).contains("contains no .yaml, .yml or .json file");
        assertThat(apply("apply").exitCode()).isEqualTo(2);
        assertThat(api.received(POST)).isEmpty();
    }
}
