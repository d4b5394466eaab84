package dev.slipway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFolderTest {
    @TempDir
    Path temporary;

    @Test
    void isTheSameOneAtEachStartAndNobodyElseMayLookIntoIt() throws IOException {
        Path folder = PrivateFolder.in(temporary, "clones");

        assertThat(PrivateFolder.in(temporary, "clones")).isEqualTo(folder);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        try (var files = Files.list(temporary)) {
            assertThat(files).containsExactly(folder);
        }
    }

    @Test
    void isNotTakenFromSomebodyWhoMayLookIntoIt() throws IOException {
        Path folder = PrivateFolder.in(temporary, "clones");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertRefused();
    }

    @Test
    void isNotALinkToSomewhereElse() throws IOException {
        Path folder = PrivateFolder.in(temporary, "clones");
        Path elsewhere = Files.createDirectory(
                temporary.resolve("elsewhere"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.delete(folder);
        Files.createSymbolicLink(folder, elsewhere);

        assertRefused();
    }

    private void assertRefused() {
        assertThatExceptionOfType(StartupException.class)
                .isThrownBy(() -> PrivateFolder.in(temporary, "clones"))
                .satisfies(e -> assertThat(e.hint()).contains("SLIPWAY_GITOPS_CLONES"));
    }
}
