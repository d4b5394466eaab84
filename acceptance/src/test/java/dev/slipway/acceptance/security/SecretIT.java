package dev.slipway.acceptance.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.acceptance.sample.SampleEnvironment;
import dev.slipway.acceptance.sample.SampleService;
import dev.slipway.acceptance.stack.EventStream;
import dev.slipway.acceptance.stack.Stack;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A secret in a target's environment is nowhere but there. */
class SecretIT {
    @RegisterExtension
    static final Stack stack = Stack.named("security");

    private static final String CANARY = "xK4z/Q7w3+RtZ9&pX2m=K8vd";

    /** What is too much to be seen: a few characters of it in a row, however they are written. */
    private static final List<String> FORMS = Stream.of(
                    CANARY,
                    Base64.getEncoder().withoutPadding().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8)),
                    URLEncoder.encode(CANARY, StandardCharsets.UTF_8))
            .flatMap(form -> IntStream.rangeClosed(6, form.length()).mapToObj(end -> form.substring(end - 6, end)))
            .toList();

    private static final String TELL = """
            echo "token is $API_TOKEN"
            echo "token is $API_TOKEN" >&2
            printf %s "$API_TOKEN" | base64
            echo "GET /?token=$(printf %s "$API_TOKEN" | sed 's|/|%2F|; s|+|%2B|; s|&|%26|; s|=|%3D|')"
            half="${API_TOKEN%%+*}"
            printf 'half of it, %s' "$half"
            sleep 1
            echo "${API_TOKEN#"$half"}, and the other half"
            """;
    private static final String CRASH = "printf 'last words: %s' \"$half\" >&2; exit 3";
    private static final String ANSWER = """
            printf '%070d%s' 0 "$API_TOKEN" >www/index.html
            printf '%s%0990d\n' "$API_TOKEN" 0 >&2
            """;

    private static String good = "";
    private static String crashed = "";
    private static String sick = "";
    private static String events = "";

    @BeforeAll
    static void deployAServiceThatTellsItsSecret() {
        SampleEnvironment web = SampleEnvironment.of(stack, "secret", 0)
                .with("web-1", "local", Map.of("API_TOKEN", CANARY))
                .apply()
                .release("v1", SampleService.saying("v1", TELL))
                .release("v2", SampleService.saying("v2", TELL + CRASH))
                .release("v3", SampleService.saying("v3", ANSWER));
        good = stack.deployments().run(web.deploy("v1")).path("id").asString();
        crashed = stack.deployments().start(web.deploy("v2"));
        try (EventStream stream = stack.deployments().events(crashed)) {
            stream.awaitEnd(Stack.SOON);
            events = stream.events().toString();
        }
        sick = stack.deployments().run(web.deploy("v3")).path("id").asString();
    }

    @Test
    void isMaskedInLogsErrorsAndEvents() {
        assertThat(logs(good)).contains("token is ***", "GET /?token=***").doesNotContain(FORMS);
        assertThat(logs(crashed)).doesNotContain(FORMS);
        assertThat(error(crashed)).contains("token is ***").doesNotContain(FORMS);
        assertThat(events).contains("token is ***").doesNotContain(FORMS);
        assertThat(stack.api().get("/api/deployments/" + crashed + "/history").body())
                .doesNotContain(FORMS);
    }

    @Test
    void isMaskedWhereItIsWrittenInPiecesOrCut() {
        assertThat(logs(good)).contains("half of it, ***, and the other half");
        assertThat(error(crashed)).contains("last words: ***");
        assertThat(error(sick))
                .contains("it begins with \"" + "0".repeat(70) + "***\"", "last log lines: ***000")
                .doesNotContain(FORMS);
        assertThat(logs(sick)).doesNotContain(FORMS);
    }

    private static String logs(String deployment) {
        return stack.api().get("/api/deployments/" + deployment + "/logs").body();
    }

    private static String error(String deployment) {
        return stack.deployments().get(deployment).path("error").asString();
    }

    @Test
    void isInNoLogFile() throws IOException {
        try (Stream<Path> logs = Files.list(stack.data().resolve("logs"))) {
            assertThat(logs).allSatisfy(log -> assertThat(log).content().doesNotContain(FORMS));
        }
    }

    @Test
    void isNotReadableInTemporalsDatabase() throws IOException {
        try (Stream<Path> files = Files.list(stack.data())) {
            List<Path> database = files.filter(
                            file -> file.getFileName().toString().startsWith("temporal.db"))
                    .toList();
            assertThat(database).isNotEmpty();
            for (Path file : database) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(FORMS);
            }
        }
        assertThat(stack.temporal("workflow", "show", "--workflow-id", "deployment/" + crashed, "--output", "json")
                        .expect(0)
                        .output())
                .contains("payloads")
                .doesNotContain(FORMS);
    }

    @Test
    void isInTheDatabaseOnlyWhereItWasDeclared() throws SQLException {
        for (String table :
                List.of("deployment", "event", "task_log", "release", "node", "idempotency", "environment")) {
            assertThat(dump(table)).as(table).doesNotContain(FORMS);
        }
    }

    private static String dump(String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        stack.stackFile().path("databaseUrl").asString(),
                        "slipway",
                        stack.secret("database-password"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select t::text from " + table + " t")) {
            StringBuilder dump = new StringBuilder();
            while (rows.next()) {
                dump.append(rows.getString(1)).append('\n');
            }
            return dump.toString();
        }
    }
}
