package dev.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretConfigurationTest {
    private final SecretConfiguration configuration = new SecretConfiguration();

    @TempDir
    Path folder;

    @Test
    void readsTheKeyFromItsFile() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), Base64.getEncoder().encodeToString(new byte[32]) + "\n");

        assertThat(configuration.masterKey(file.toString())).hasToString("***");
    }

    @Test
    void doesNotStartWithoutAKeyAndTellsHowToMakeOne() throws IOException {
        Path noKey = Files.writeString(folder.resolve("no-key"), "c2VjcmV0\n");

        for (String file : new String[] {"", folder.resolve("missing").toString(), noKey.toString()}) {
            assertThatExceptionOfType(StartupException.class)
                    .isThrownBy(() -> configuration.masterKey(file))
                    .satisfies(e -> assertThat(e.hint()).contains("openssl rand -base64 32"))
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("c2VjcmV0"));
        }
    }
}
