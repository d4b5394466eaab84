package dev.slipway.api.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.api.Api;
import dev.slipway.api.ApiTest;
import dev.slipway.api.ApiTestStack;
import dev.slipway.api.Archives;
import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.message.Message;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.core.release.TaskStatus;
import dev.slipway.core.timeline.Change;
import dev.slipway.core.timeline.TimelineEvent;
import dev.slipway.store.timeline.TimelineStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
class TimelineApiTest {
    private static final String LISTENERS = "application_name = 'slipway events' and datname = current_database()";

    @LocalServerPort
    private int port;

    @Autowired
    private TimelineStore timeline;

    @Autowired
    private JdbcClient jdbc;

    private Api api = Api.asOperator(0);
    private String id = "";

    @BeforeEach
    void deploy() {
        api = Api.asOperator(port);
        api.apply("""
                kind: Environment
                name: web
                targets:
                  - {name: web-1, node: local, runtime: process, component: web, directory: /srv/web-1, command: [./start]}
                """).expect(200);
        byte[] archive = Archives.simple("timeline");
        api.upload(archive);
        api.post(
                "/api/releases",
                "{\"name\":\"web\",\"version\":\"v1\",\"components\":[{\"name\":\"web\",\"archive\":\""
                        + Api.digest(archive) + "\"}]}");
        id = api.post("/api/deployments", "{\"release\":\"web@v1\",\"environment\":\"web\"}")
                .expect(202)
                .json()
                .path("id")
                .asString();
    }

    @Test
    void tellsTheWholeStoryAndThenWhatHappensUntilTheEnd() throws IOException {
        append(1, Change.to(DeploymentStatus.PREPARING));

        HttpResponse<InputStream> response = open(null);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream;charset=UTF-8");
        assertThat(response.headers().firstValue("X-Accel-Buffering")).contains("no");
        BufferedReader reader = reader(response);
        assertThat(frame(reader).getFirst()).isEqualTo("id: 1");
        assertThat(frame(reader))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("id: 2"),
                        line -> assertThat(line).isEqualTo("event: deployment"),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "data: {\"sequence\":2,\"at\":\"2026-01-01T00:00:01Z\",\"type\":\"deployment\","
                                                + "\"status\":\"preparing\",\"phase\":\"RUNNING\",\"waiting\":false,"
                                                + "\"target\":null,\"attempt\":null,\"previousDigest\":null,\"error\":null,"
                                                + "\"errorType\":null,\"code\":\"text\",\"args\":{\"text\":\"reason 1\"},"
                                                + "\"actor\":\"operator\",\"reason\":\"reason 1\"}"));

        append(2, new Change.OfTask("web-1", TaskStatus.QUEUED, 1, null, null));
        assertThat(frame(reader)).startsWith("id: 3", "event: task");

        append(3, new Change.Ended(DeploymentStatus.CANCELED.wireName(), null));
        assertThat(frame(reader)).startsWith("id: 4", "event: end");
        assertThat(reader.readLine()).isNull();
    }

    @Test
    void keepsASilentConnectionAlive() throws IOException {
        BufferedReader reader = reader(open("1"));

        assertThat(reader.readLine()).startsWith(":");
        assertThat(reader.readLine()).isEmpty();
        assertThat(reader.readLine()).startsWith(":");
    }

    @Test
    void tellsEachOfManyFollowersEveryEvent() throws Exception {
        int followers = 15;
        int events = 60;
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> told = IntStream.range(0, followers)
                    .mapToObj(_ -> readers.submit(() -> readToTheEnd(events + 2)))
                    .toList();
            IntStream.rangeClosed(1, events).forEach(i -> append(i, Change.to(DeploymentStatus.PREPARING)));
            append(events + 1, new Change.Ended(DeploymentStatus.FAILED.wireName(), null));

            List<String> ids = IntStream.rangeClosed(1, events + 2)
                    .mapToObj(i -> "id: " + i)
                    .toList();
            for (Future<List<String>> one : told) {
                assertThat(one.get()).isEqualTo(ids);
            }
        }
    }

    private List<String> readToTheEnd(int events) throws IOException {
        List<String> ids = new ArrayList<>();
        try (BufferedReader reader = reader(open(null))) {
            while (ids.size() < events) {
                ids.add(frame(reader).getFirst());
            }
        }
        return ids;
    }

    @Test
    void resumesBehindTheLastIdWithoutAGapOrADuplicate() throws Exception {
        int events = 300;
        try (ExecutorService writer = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> writing = writer.submit(() -> {
                IntStream.rangeClosed(1, events).forEach(i -> append(i, Change.to(DeploymentStatus.PREPARING)));
                append(events + 1, new Change.Ended(DeploymentStatus.FAILED.wireName(), null));
            });

            List<Integer> read = new ArrayList<>();
            String last = null;
            while (read.size() < events + 2) {
                HttpResponse<InputStream> response = open(last);
                try (BufferedReader reader = reader(response)) {
                    for (int i = 0; i < 37 && read.size() < events + 2; i++) {
                        last = frame(reader).getFirst().substring("id: ".length());
                        read.add(Integer.valueOf(last));
                    }
                }
            }

            writing.get();
            assertThat(read)
                    .isEqualTo(IntStream.rangeClosed(1, events + 2).boxed().toList());
        }
    }

    @Test
    void goesOnWhenTheConnectionThatListensIsLost() throws IOException {
        BufferedReader reader = reader(open(null));
        assertThat(frame(reader).getFirst()).isEqualTo("id: 1");

        jdbc.sql("select pg_terminate_backend(pid) from pg_stat_activity where " + LISTENERS)
                .query()
                .listOfRows();
        append(1, new Change.Ended(DeploymentStatus.CANCELED.wireName(), null));

        assertThat(frame(reader)).startsWith("id: 2", "event: end");
    }

    @Test
    void refusesMoreConnectionsThanItHasRoomFor() {
        List<HttpResponse<InputStream>> open = new ArrayList<>();
        try {
            do {
                open.add(open("1"));
            } while (open.getLast().statusCode() == 200 && open.size() < 100);

            Api.Answer refused = api.get("/api/deployments/" + id + "/events");
            refused.problem(429, "too-many-requests");
            assertThat(refused.header("Retry-After")).isEqualTo("2");
        } finally {
            open.forEach(TimelineApiTest::close);
        }
        // A place is free again once a heartbeat has found its reader gone.
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            HttpResponse<InputStream> response = open("1");
            close(response);
            assertThat(response.statusCode()).isEqualTo(200);
        });
    }

    @Test
    void refusesAnIdThatIsNone() {
        api.send(
                        "/api/deployments/" + id + "/events",
                        request -> request.header("Last-Event-ID", "x").GET())
                .problem(400, "invalid-input");
        api.get("/api/deployments/zzzz/events").problem(404, "unknown-deployment");
    }

    @Test
    void keepsTheOutputThatAgentsSendAndPassesOverWhatIsThere() {
        Api agent = api.with(ApiTestStack.AGENT);
        String path = "/api/deployments/" + id + "/tasks/web-1/logs";
        String lines = "{\"source\":\"0a1b-2c\",\"lines\":["
                + "{\"sequence\":1,\"at\":\"2026-01-01T00:00:00Z\",\"stream\":\"stdout\",\"text\":\"<script>\"},"
                + "{\"sequence\":2,\"at\":\"2026-01-01T00:00:01Z\",\"stream\":\"stderr\",\"text\":\"\\u001b[31mred\"}]}";

        agent.post(path, lines).expect(204);
        agent.post(path, lines).expect(204);

        var page =
                api.get("/api/deployments/" + id + "/logs?limit=1").expect(200).json();
        assertThat(page.toString())
                .isEqualTo("{\"items\":[{\"target\":\"web-1\",\"sequence\":1,\"at\":\"2026-01-01T00:00:00Z\","
                        + "\"stream\":\"stdout\",\"text\":\"<script>\"}],\"next\":\"1\"}");
        var rest = api.get("/api/deployments/" + id + "/logs?target=web-1&cursor=1")
                .expect(200)
                .json();
        assertThat(rest.path("items")).hasSize(1);
        assertThat(rest.path("next").isNull()).isTrue();

        agent.post(path.replace("web-1", "web-9"), lines).problem(404, "unknown-target");
        agent.post(path, "{\"source\":\"0a1b-2c\",\"lines\":[null]}").problem(400, "invalid-input");
        agent.post(path.replace("web-1", "-"), lines).problem(400, "invalid-input");
        agent.post(path, lines.replace("stdout", "nowhere")).problem(400, "invalid-input");
        agent.post(path, lines.replace("0a1b-2c", "../x")).problem(400, "invalid-input");
        agent.post(path, lines.replace("<script>", "\\u0000")).problem(400, "invalid-input");
        agent.post(path, lines.replace("\"sequence\":1,", "")).problem(400, "invalid-input");
    }

    private HttpResponse<InputStream> open(@Nullable String last) {
        return api.open(
                "/api/deployments/" + id + "/events",
                request -> last == null
                        ? request.GET()
                        : request.header("Last-Event-ID", last).GET());
    }

    private static BufferedReader reader(HttpResponse<InputStream> response) {
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    private static List<String> frame(BufferedReader reader) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.isEmpty() && !lines.isEmpty()) {
                return lines;
            }
            if (!line.isEmpty() && !line.startsWith(":")) {
                lines.add(line);
            }
        }
        throw new IOException("The stream has ended within " + lines);
    }

    private static void close(HttpResponse<InputStream> response) {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void append(int sequence, Change change) {
        timeline.append(
                new DeploymentId(id),
                List.of(new TimelineEvent(
                        "run/" + sequence,
                        Instant.parse("2026-01-01T00:00:00Z").plusSeconds(sequence),
                        change,
                        Message.text("reason " + sequence),
                        Actor.OPERATOR)));
    }
}
