package dev.slipway.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.acceptance.sample.SampleEnvironment;
import dev.slipway.acceptance.sample.SampleService;
import dev.slipway.acceptance.stack.EventStream;
import dev.slipway.acceptance.stack.Stack;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A firewall between the server and PostgreSQL forgets the open connections under load. */
@Tag("faults")
@EnabledIf(value = "isPossible", disabledReason = Firewall.NEEDS)
class FirewallIT {
    /** What is promised: by itself, and without a restart. */
    private static final Duration RECOVERY = Duration.ofSeconds(30);

    private static final int CLIENTS = 40;

    @RegisterExtension
    static final Stack stack = Stack.named("fault");

    @RegisterExtension
    static final Aftermath aftermath = new Aftermath(stack);

    static boolean isPossible() {
        return Firewall.isPossible();
    }

    @Test
    @Timeout(300)
    void readsAnswerAndEventsStreamAgainAfterEveryDatabaseConnectionWasForgotten() {
        // Slow to end, so that the deployment is still under way when the connections are forgotten.
        SampleEnvironment web = SampleEnvironment.of(stack, "firewall", 4)
                .apply()
                .release("v1", SampleService.stubborn("v1", 5))
                .release("v2", SampleService.good("v2"));
        stack.deployments().run(web.deploy("v1"));
        URI database =
                URI.create(stack.stackFile().path("databaseUrl").asString().substring("jdbc:".length()));
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong answered = new AtomicLong();
        String id;
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
                Firewall firewall = new Firewall()) {
            List<CompletableFuture<Void>> reading = IntStream.range(0, CLIENTS)
                    .mapToObj(_ -> CompletableFuture.runAsync(() -> read(answered, done), clients))
                    .toList();
            await().atMost(Stack.SOON).until(() -> answered.get() > CLIENTS);
            id = stack.deployments().start(web.deploy("v2").rolling());
            try (EventStream events = stack.deployments().events(id)) {
                events.awaitTask("web-1", "running", Stack.SOON);

                assertThat(firewall.forget(database.getPort())).isGreaterThan(2);

                int told = events.events().size();
                long before = answered.get();
                await("reads").atMost(RECOVERY).until(() -> answered.get() > before + CLIENTS);
                await("events").atMost(RECOVERY).until(() -> events.events().size() > told);
                events.awaitEnd(Duration.ofMinutes(1));
            } finally {
                done.set(true);
                reading.forEach(CompletableFuture::join);
            }
        }

        assertThat(stack.deployments().awaitEnd(id).path("status").asString()).isEqualTo("completed");
        assertThat(web.answers()).containsOnly("v2");
    }

    private static void read(AtomicLong answered, AtomicBoolean done) {
        while (!done.get()) {
            try {
                if (stack.api().get("/api/deployments").status() == 200) {
                    answered.incrementAndGet();
                }
            } catch (UncheckedIOException e) {
                // Not answered, then.
            }
        }
    }
}
