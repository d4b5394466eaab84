package dev.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.message.Message;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.core.timeline.Change;
import dev.slipway.core.timeline.TimelineEvent;
import dev.slipway.store.TestDatabase;
import dev.slipway.store.timeline.Bell;
import dev.slipway.store.timeline.EventNotifications;
import dev.slipway.store.timeline.TimelineStore;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/** A firewall forgets every connection to the database: nothing passes them any more, and nobody is told. */
@ApiTest
@DirtiesContext
class ForgottenConnectionsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int CLIENTS = 40;
    private static final int LARGE = 64 << 20;
    private static final Wire WIRE = new Wire();

    @LocalServerPort
    private int port;

    @Autowired
    private TimelineStore timeline;

    @Autowired
    private EventNotifications notifications;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionOperations transactions;

    private Api api = Api.asOperator(0);
    private DeploymentId id = new DeploymentId("none");

    @DynamicPropertySource
    static void throughTheWire(DynamicPropertyRegistry registry) {
        URI database = URI.create(TestDatabase.create().substring("jdbc:".length()));
        WIRE.lead(database.getHost(), database.getPort());
        registry.add("spring.datasource.url", () -> "jdbc:postgresql://127.0.0.1:" + WIRE.port() + database.getPath());
        registry.add("spring.datasource.username", () -> "postgres");
        registry.add("spring.datasource.hikari.connection-timeout", () -> "4000");
    }

    @BeforeEach
    void deploy() {
        api = Api.asOperator(port);
        api.apply("""
                kind: Environment
                name: web
                targets:
                  - {name: web-1, node: local, runtime: process, component: web, directory: /srv/web-1, command: [./start]}
                """).expect(200);
        byte[] archive = Archives.simple("forgotten");
        api.upload(archive);
        api.post(
                "/api/releases",
                "{\"name\":\"web\",\"version\":\"v1\",\"components\":[{\"name\":\"web\",\"archive\":\""
                        + Api.digest(archive) + "\"}]}");
        id = new DeploymentId(api.post("/api/deployments", "{\"release\":\"web@v1\",\"environment\":\"web\"}")
                .expect(202)
                .json()
                .path("id")
                .asString());
    }

    @Test
    @Timeout(300)
    void readsWritesAndListensAgainByItselfWhileManyAsk() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch forgotten = new CountDownLatch(1);
        int listener = listener();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> clients = IntStream.range(0, CLIENTS)
                    .<Future<?>>mapToObj(_ -> threads.submit(() -> ask(done)))
                    .toList();
            Future<?> writer = threads.submit(() -> lockUntil(locked, forgotten));
            assertThat(locked.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

            WIRE.forget();
            forgotten.countDown();

            // The server still holds the row for a client that it can no longer hear.
            await("a write to the row that was locked")
                    .atMost(LIMIT)
                    .ignoreExceptionsMatching(ForgottenConnectionsTest::ofTheDatabase)
                    .until(() -> append(1, DeploymentStatus.PREPARING));
            await("reads").atMost(LIMIT).until(() -> api.get("/api/nodes").status() == 200);
            await("another listener")
                    .atMost(LIMIT)
                    .ignoreExceptionsMatching(ForgottenConnectionsTest::ofTheDatabase)
                    .until(() -> listener() != listener);
            done.set(true);
            // It has written more than any buffer takes.
            writer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            for (Future<?> client : clients) {
                client.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
        }
        Bell bell = notifications.subscribe(id);
        await("notifications").atMost(LIMIT).until(() -> append(2, DeploymentStatus.RUNNING) && bell.await(LIMIT));
        notifications.unsubscribe(id, bell);
    }

    private void ask(AtomicBoolean done) {
        while (!done.get()) {
            try {
                assertThat(api.get("/api/nodes").status()).isIn(200, 503);
            } catch (UncheckedIOException e) {
                // Whether a request is answered while connections are lost is not what is asked here.
            }
        }
    }

    private void lockUntil(CountDownLatch locked, CountDownLatch forgotten) {
        try {
            transactions.executeWithoutResult(_ -> {
                jdbc.sql("select 1 from deployment where id = ? for update")
                        .param(id.value())
                        .query()
                        .singleValue();
                locked.countDown();
                try {
                    forgotten.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                jdbc.sql("select octet_length(?)")
                        .param(new byte[LARGE])
                        .query()
                        .singleValue();
            });
        } catch (DataAccessException | TransactionException e) {
            // Its connection is one of those that were forgotten.
        }
    }

    private boolean append(int number, DeploymentStatus status) {
        Instant at = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(number);
        timeline.append(
                id,
                List.of(new TimelineEvent(
                        "event " + number, at, Change.to(status), Message.text("reason " + number), Actor.OPERATOR)));
        return true;
    }

    /** The process of PostgreSQL that serves the connection that listens. */
    private int listener() {
        return jdbc.sql("""
                        select pid from pg_stat_activity
                        where application_name = 'slipway events' and datname = current_database()
                        order by backend_start desc limit 1""").query(Integer.class).single();
    }

    private static boolean ofTheDatabase(Throwable e) {
        return e instanceof DataAccessException || e instanceof TransactionException;
    }
}
