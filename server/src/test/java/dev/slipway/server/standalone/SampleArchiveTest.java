package dev.slipway.server.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleArchiveTest {
    @TempDir
    Path folder;

    @Test
    void holdsAServiceThatSaysItsVersionAndStopsWhenAsked() throws Exception {
        SampleArchive.write(folder.resolve("web.tar.gz"), "v7", false);
        int port = new Ports(CacheDirectory.ofEnvironment(), _ -> {}).choose("the service", 22_501);

        Process service = unpackAndStart("web.tar.gz", port);

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(
                                Http.get("http://127.0.0.1:" + port + "/", "").body())
                        .isEqualTo("demo-1 runs v7\n"));
        Http.post("http://127.0.0.1:" + port + "/stop");
        await().atMost(Duration.ofMinutes(1)).until(() -> !service.isAlive());
        assertThat(service.exitValue()).isZero();
    }

    @Test
    void isUnhealthyWhenItIsBroken() throws Exception {
        SampleArchive.write(folder.resolve("web.tar.gz"), "v8", true);
        int port = new Ports(CacheDirectory.ofEnvironment(), _ -> {}).choose("the service", 22_601);

        Process service = unpackAndStart("web.tar.gz", port);

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(Http.status("http://127.0.0.1:" + port + "/", ""))
                        .isEqualTo(500));
        service.destroy();
    }

    private Process unpackAndStart(String archive, int port) throws Exception {
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
        int exitCode = new ProcessBuilder("tar", "-xzf", folder.resolve(archive).toString(), "-C", unpacked.toString())
                .start()
                .waitFor();
        assertThat(exitCode).isZero();
        ProcessBuilder start =
                new ProcessBuilder("./start", Integer.toString(port), "demo-1").directory(unpacked.toFile());
        start.environment()
                .put(
                        "JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
        return start.start();
    }
}
