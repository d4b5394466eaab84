package dev.slipway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import tools.jackson.databind.json.JsonMapper;

/** How long a status change is under way to those who follow a deployment. */
final class Events {
    private static final int TARGETS = 50;
    private static final int NOTIFICATIONS = 200;
    private static final JsonMapper JSON = new JsonMapper();

    private final Subject subject;

    Events(Subject subject) {
        this.subject = subject;
    }

    /**
     * From the moment at which the workflow tells of an event to its arrival at {@code clients} that follow one
     * deployment; beside PostgreSQL's own way from a committed NOTIFY to one listener. One target after the other is a
     * deployment as people watch it; all at once is the most that there is to tell.
     */
    Row latency(int clients, String strategy) throws Exception {
        subject.environment("events", TARGETS);
        ConcurrentLinkedQueue<Double> latencies = new ConcurrentLinkedQueue<>();
        subject.awaitEnd(subject.deploy("v1", "events"));
        String deployment = subject.deploy("v2", "events", strategy);
        CountDownLatch ended = new CountDownLatch(clients);
        for (int i = 0; i < clients; i++) {
            Thread.ofVirtual().start(() -> follow(deployment, Instant.now(), latencies, ended));
        }
        ended.await();
        Samples slipway = new Samples(new ArrayList<>(latencies));
        Samples bare = notifications();
        return new Row(
                "status event of " + TARGETS + " targets, " + strategy + " → " + clients + " SSE clients",
                tail(slipway) + ", " + slipway.millis().size() + " deliveries",
                tail(bare) + " (commit + notify)",
                String.format(Locale.ROOT, "%.1f× the median", slipway.median() / bare.median()));
    }

    private void follow(
            String deployment, Instant since, ConcurrentLinkedQueue<Double> latencies, CountDownLatch ended) {
        try (Stream<String> lines = subject.api.lines("/api/deployments/" + deployment + "/events")) {
            lines.filter(line -> line.startsWith("data:")).forEach(line -> {
                Instant at =
                        Instant.parse(JSON.readTree(line.substring(5)).get("at").asString());
                // The story so far is not live.
                if (at.isAfter(since.plusMillis(200))) {
                    latencies.add((Instant.now().toEpochMilli() - at.toEpochMilli()) * 1.0);
                }
            });
        } finally {
            ended.countDown();
        }
    }

    private Samples notifications() throws SQLException, IOException {
        Path password = Path.of(subject.stack.get("tokenFile").asString()).resolveSibling("database-password");
        Properties login = new Properties();
        login.setProperty("user", "slipway");
        login.setProperty("password", Files.readString(password).strip());
        String url = subject.stack.get("databaseUrl").asString();
        List<Double> millis = new ArrayList<>();
        try (Connection listener = DriverManager.getConnection(url, login);
                Connection writer = DriverManager.getConnection(url, login);
                Statement listen = listener.createStatement();
                Statement write = writer.createStatement()) {
            listen.execute("listen slipway_bench");
            for (int i = 0; i < NOTIFICATIONS; i++) {
                long start = System.nanoTime();
                write.execute("select pg_notify('slipway_bench', 'x')");
                listener.unwrap(PGConnection.class).getNotifications(1_000);
                millis.add((System.nanoTime() - start) / 1e6);
            }
        }
        return new Samples(millis);
    }

    private static String tail(Samples samples) {
        return "p50 " + Samples.format(samples.median()) + ", p99 " + Samples.format(samples.percentile(99));
    }
}
