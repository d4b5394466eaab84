package dev.slipway.server.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    @TempDir
    Path folder;

    @Test
    void tellsTheLastLinesOfOneStart() throws IOException {
        Path path = Files.writeString(folder.resolve("x.log"), "of an earlier start\n");
        LogFile log = new LogFile(path);
        long start = log.size();
        Files.writeString(path, "of an earlier start\none\ntwo\nthree\n");

        assertThat(log.lastLines(2, start)).isEqualTo(List.of("two", "three"));
        assertThat(log.lastLines(9, start)).isEqualTo(List.of("one", "two", "three"));
        assertThat(new LogFile(folder.resolve("none.log")).lastLines(3, 0)).isEmpty();
    }

    @Test
    void staysWithinItsLimit() throws IOException {
        Path path = Files.write(folder.resolve("x.log"), new byte[17 * 1024 * 1024]);
        LogFile log = new LogFile(path);

        log.cap();

        assertThat(path).isEmptyFile();
        assertThat(folder.resolve("x.log.1")).hasSize(17L * 1024 * 1024);
    }
}
