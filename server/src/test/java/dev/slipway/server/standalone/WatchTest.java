package dev.slipway.server.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final List<Watch> watches = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    private DataDirectory data = new DataDirectory(Path.of("."));

    @BeforeEach
    void open() {
        data = DataDirectory.open(folder);
    }

    @AfterEach
    void stop() throws IOException {
        for (Watch watch : watches) {
            watch.stop();
        }
    }

    @Test
    void startsAProcessAgainThatWasKilled() {
        Watch watch = watch("echo started >>starts; exec sleep 1000");
        watch.start();
        long first = pidOf(watch);

        ProcessHandle.of(first).orElseThrow().destroyForcibly();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> watch.pid().filter(pid -> pid != first).isPresent());
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(folder.resolve("starts")).hasContent("started\nstarted\n"));
        assertThat(said).contains("Temporal exited; restarting it.");
    }

    @Test
    void stopsAProcessAndLeavesNothingOfIt() throws IOException {
        Watch watch = watch("exec sleep 1000");
        watch.start();
        long pid = pidOf(watch);

        watch.stop();

        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(data.pidFile(Part.TEMPORAL).path()).doesNotExist();
    }

    @Test
    void killsAProcessThatDoesNotWantToStop() throws IOException {
        Watch watch =
                watch("[ ! -e deaf ] || exec sleep 1000; trap '' TERM; echo deaf >deaf; while :; do sleep 0.1; done");
        watch.start();
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(folder.resolve("deaf")));
        ProcessHandle process = ProcessHandle.of(pidOf(watch)).orElseThrow();

        PidFile.stop(process, "TERM", Duration.ofMillis(300));

        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void givesUpOnAProcessThatNeverGetsReadyAndShowsItsLastWords() {
        Watch watch = watch("echo the disk is on fire; exit 3");
        watch.start();

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThatExceptionOfType(StackException.class)
                        .isThrownBy(watch::requireStartable)
                        .withMessageContaining("3 times")
                        .withMessageContaining("the disk is on fire"));
    }

    @Test
    void takesUpWhatAKilledStackLeft() throws Exception {
        Process left = leave("exec sleep 1000");

        Watch watch = watch("exec sleep 1000");
        watch.start();

        assertThat(pidOf(watch)).isEqualTo(left.pid());
        left.destroyForcibly();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> watch.pid().filter(pid -> pid != left.pid()).isPresent());
    }

    @Test
    void replacesWhatAKilledStackLeftWithOtherSettings() throws Exception {
        Process left = leave("exec sleep 1001");

        Watch watch = watch("exec sleep 1000");
        watch.start();

        assertThat(pidOf(watch)).isNotEqualTo(left.pid());
        assertThat(left.isAlive()).isFalse();
    }

    private Process leave(String script) throws IOException {
        PidFile file = data.pidFile(Part.TEMPORAL);
        List<String> command = new Script(script).command();
        Process left = new ProcessBuilder(file.writtenBy(command)).start();
        await().atMost(Duration.ofSeconds(60)).until(() -> file.process().isPresent() && file.isOf(command));
        return left;
    }

    @Test
    void sparesAProcessThatOnlyHasThePidOfALeftover() throws IOException {
        Process other = new ProcessBuilder("sleep", "1000").start();
        Path pidFile = data.pidFile(Part.TEMPORAL).path();
        Files.writeString(pidFile, other.pid() + "\n");
        Files.setLastModifiedTime(pidFile, FileTime.from(Instant.now().minusSeconds(3600)));

        data.pidFile(Part.TEMPORAL).stop(Part.TEMPORAL);

        assertThat(other.isAlive()).isTrue();
        other.destroyForcibly();
    }

    private static long pidOf(Watch watch) {
        await().atMost(Duration.ofMinutes(1)).until(() -> watch.pid().isPresent());
        return watch.pid().orElseThrow();
    }

    private Watch watch(String script) {
        Watch watch = new Watch(new Script(script), data, () -> {}, said::add);
        watches.add(watch);
        return watch;
    }

    private record Script(String script) implements ManagedProcess {
        @Override
        public Part part() {
            return Part.TEMPORAL;
        }

        @Override
        public List<String> command() {
            return List.of("/bin/sh", "-c", script);
        }

        @Override
        public Map<String, String> environment() {
            return Map.of();
        }

        @Override
        public boolean isReady() {
            return false;
        }
    }
}
