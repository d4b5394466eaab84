package dev.slipway.server.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.core.secret.MasterKey;
import dev.slipway.workflows.PayloadKey;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path folder;

    @Test
    void makesSecretsThatOnlyTheOwnerCanReadAndKeepsThem() throws IOException {
        DataDirectory data = DataDirectory.open(folder.resolve("data"));
        data.makeSecrets();
        List<Path> secrets =
                List.of(data.token(), data.agentToken(), data.payloadKey(), data.secretKey(), data.databasePassword());
        List<String> first = read(secrets);

        data.makeSecrets();

        assertThat(read(secrets)).isEqualTo(first).doesNotHaveDuplicates();
        assertThat(secrets).allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
        assertThat(permissions(data.path())).isEqualTo("rwx------");
        assertThat(PayloadKey.ofBase64(Files.readString(data.payloadKey()))).isNotNull();
        assertThat(MasterKey.ofBase64(Files.readString(data.secretKey()))).isNotNull();
    }

    @Test
    void addsTheSecretThatAnOlderVersionDidNotMake() throws IOException {
        DataDirectory data = DataDirectory.open(folder.resolve("data"));
        data.makeSecrets();
        String token = Files.readString(data.token());
        Files.delete(data.secretKey());

        data.makeSecrets();

        assertThat(permissions(data.secretKey())).isEqualTo("rw-------");
        assertThat(data.token()).hasContent(token.strip());
    }

    @Test
    void refusesAFolderThatCameWithAProject() throws IOException {
        Path cloned = Files.createDirectories(folder.resolve("project/data"));
        Files.setPosixFilePermissions(cloned, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(cloned.resolve("agents/local"));

        assertThatExceptionOfType(StackException.class)
                .isThrownBy(() -> DataDirectory.open(cloned))
                .withMessageContaining("chmod 700 " + cloned);
        assertThat(cloned.resolve("run")).doesNotExist();
    }

    @Test
    void isHeldByOneProcessAtATime() throws IOException {
        DataDirectory data = DataDirectory.open(folder);

        try (FileLock lock = data.lock().orElseThrow()) {
            assertThat(lock.isValid()).isTrue();
            // Within one JVM, Java itself refuses; between JVMs, the kernel does.
            assertThatExceptionOfType(OverlappingFileLockException.class).isThrownBy(data::lock);
        }
        assertThat(data.lock()).isPresent();
    }

    private static List<String> read(List<Path> files) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Path file : files) {
            texts.add(Files.readString(file));
        }
        return texts;
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
