package dev.slipway.server.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final Stack STACK =
            new Stack(Stack.State.starting, "http://127.0.0.1:1", "", "", "", "", "", "", "", Map.of());

    private final CountDownLatch fetched = new CountDownLatch(1);

    private final Path folder;
    private Supervisor supervisor;

    SupervisorTest(@TempDir Path folder) {
        this.folder = folder;
        this.supervisor = supervisor(folder, new Fetched(fetched, true));
    }

    @AfterEach
    void stop() {
        supervisor.stop();
    }

    @Test
    void waitsForWhatHasToBeFetchedLongerThanForAProcessToGetReady() {
        CompletableFuture<Void> start = start();

        await().during(PATIENCE.multipliedBy(3)).until(() -> !start.isDone());
        assertThat(supervisor.stack().state()).isEqualTo(Stack.State.starting);
        fetched.countDown();

        start.join();
        assertThat(supervisor.stack().state()).isEqualTo(Stack.State.ready);
        assertThat(supervisor.stack().processes()).containsKeys("supervisor", "temporal");
    }

    @Test
    void givesUpOnAProcessThatIsNotReadyInTime() {
        supervisor = supervisor(folder, new Fetched(fetched, false));
        fetched.countDown();

        assertThatExceptionOfType(StackException.class)
                .isThrownBy(supervisor::start)
                .withMessageContaining("Not ready within 0 s: Temporal. The end of its log");
    }

    private CompletableFuture<Void> start() {
        return CompletableFuture.runAsync(() -> {
            try {
                supervisor.start();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static Supervisor supervisor(Path folder, ManagedProcess process) {
        return new Supervisor(List.of(process), STACK, DataDirectory.open(folder), PATIENCE, _ -> {});
    }

    /** A process whose program has to be fetched first. */
    private record Fetched(CountDownLatch fetched, boolean ready) implements ManagedProcess {
        @Override
        public Part part() {
            return Part.TEMPORAL;
        }

        @Override
        public List<String> command() throws IOException {
            try {
                fetched.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return List.of("sleep", "1000");
        }

        @Override
        public Map<String, String> environment() {
            return Map.of();
        }

        @Override
        public boolean isReady() {
            return ready;
        }
    }
}
