package dev.slipway.server.standalone;

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

class PatienceTest {
    private static final Duration LIMIT = Duration.ofMillis(300);

    private final CountDownLatch fetched = new CountDownLatch(1);

    private final Path folder;
    private Watch watch;

    PatienceTest(@TempDir Path folder) {
        this.folder = folder;
        this.watch = watch(true);
    }

    @AfterEach
    void stop() throws IOException {
        watch.stop();
    }

    @Test
    void waitsForWhatHasToBeFetchedLongerThanForAProgramToGetReady() {
        CompletableFuture<Void> ready = CompletableFuture.runAsync(this::awaitReady);

        await().during(LIMIT.multipliedBy(3)).until(() -> !ready.isDone());
        fetched.countDown();

        ready.join();
    }

    @Test
    void givesUpOnAProgramThatIsNotReadyInTime() {
        watch = watch(false);
        fetched.countDown();

        assertThatExceptionOfType(StackException.class)
                .isThrownBy(this::awaitReady)
                .withMessageContaining("Not ready within 0 s: Temporal. The end of its log");
    }

    private void awaitReady() {
        watch.start();
        try {
            new Patience(List.of(watch), LIMIT).await("Temporal", watch::wasReady, watch::lastWords);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Watch watch(boolean ready) {
        return new Watch(new Fetched(fetched, ready), DataDirectory.open(folder), () -> {}, _ -> {});
    }

    /** A program that has to be fetched first. */
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
