package dev.slipway.cli.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.cli.ApiDouble;
import dev.slipway.cli.DeploymentDouble;
import dev.slipway.cli.SlipwayCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetachingTest {
    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"INT, 130", "TERM, 143"})
    @Timeout(60)
    void saysHowToAttachAgainAfterCtrlCOrTheEndOfACiJob(String signal, int code)
            throws IOException, InterruptedException {
        try (ApiDouble api = new ApiDouble()) {
            api.add(new DeploymentDouble("01abcdef", "web@v2", "web-1")).status("running", "Goes.");
            Path err = directory.resolve("err");
            Path out = directory.resolve("out");
            ProcessBuilder builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    SlipwayCli.class.getName(),
                    "watch",
                    "01abcdef");
            builder.environment().put("SLIPWAY_URL", api.url());
            builder.environment().put("SLIPWAY_TOKEN", ApiDouble.TOKEN);
            Process process = builder.redirectError(err.toFile())
                    .redirectOutput(out.toFile())
                    .start();
            await().atMost(60, TimeUnit.SECONDS)
                    .until(() -> Files.readString(out).contains("deployment running"));

            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                    .start()
                    .waitFor();

            assertThat(process.waitFor()).isEqualTo(code);
            assertThat(Files.readString(err))
                    .contains("detached; deployment 01abcdef continues. attach again: slipway watch 01abcdef");
            assertThat(api.received("POST /api/deployments/01abcdef/cancel")).isEmpty();
        }
    }
}
