package dev.slipway.acceptance.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.acceptance.sample.SampleEnvironment;
import dev.slipway.acceptance.sample.SampleService;
import dev.slipway.acceptance.stack.EventStream;
import dev.slipway.acceptance.stack.Stack;
import java.io.IOException;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A secret in a target's environment is nowhere but there. */
class SecretIT {
    @RegisterExtension
    static final Stack stack = Stack.named("security");

    private static final String CANARY = "canary-Q7w3RtZ9-slipway";
    private static final List<String> FORMS = List.of(
            CANARY, Base64.getEncoder().withoutPadding().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8)));
    private static final String TELL =
            "echo \"token is $API_TOKEN\"; printf %s \"$API_TOKEN\" | base64; echo \"token is $API_TOKEN\" >&2";

    private static String good = "";
    private static String bad = "";
    private static String events = "";

    @BeforeAll
    static void deployAServiceThatTellsItsSecret() {
        SampleEnvironment web = SampleEnvironment.of(stack, "secret", 0)
                .with("web-1", "local", Map.of("API_TOKEN", CANARY))
                .apply()
                .release("v1", SampleService.saying("v1", TELL))
                .release("v2", SampleService.saying("v2", TELL + "; exit 3"));
        good = stack.deployments().run(web.deploy("v1")).path("id").asString();
        bad = stack.deployments().start(web.deploy("v2"));
        try (EventStream stream = stack.deployments().events(bad)) {
            stream.awaitEnd(Stack.SOON);
            events = stream.events().toString();
        }
    }

    @Test
    void isMaskedInLogsErrorsAndEvents() {
        String logs = stack.api().get("/api/deployments/" + good + "/logs").body();
        assertThat(logs).contains("token is ***").doesNotContain(FORMS);
        assertThat(stack.api().get("/api/deployments/" + bad + "/logs").body()).doesNotContain(FORMS);
        assertThat(stack.deployments().get(bad).path("error").asString())
                .contains("token is ***")
                .doesNotContain(FORMS);
        assertThat(events).contains("token is ***").doesNotContain(FORMS);
        assertThat(stack.api().get("/api/deployments/" + bad + "/history").body())
                .doesNotContain(FORMS);
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
        assertThat(stack.temporal("workflow", "show", "--workflow-id", "deployment/" + bad, "--output", "json")
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
