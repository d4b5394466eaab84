package dev.slipway.server.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheDirectoryTest {
    @TempDir
    Path folder;

    private CacheDirectory cache = new CacheDirectory(Path.of("."));

    @BeforeEach
    void open() {
        cache = new CacheDirectory(folder.resolve("cache"));
    }

    @Test
    void makesAnEntryOnce() throws IOException {
        Path made = cache.entry("tool-1", target -> Files.writeString(target.resolve("file"), "first"));
        Path found = cache.entry("tool-1", target -> Files.writeString(target.resolve("file"), "second"));

        assertThat(found).isEqualTo(made);
        assertThat(made.resolve("file")).hasContent("first");
    }

    @Test
    void hasNoHalfMadeEntryAfterAFailureAndTriesAgain() throws IOException {
        assertThatIOException()
                .isThrownBy(() -> cache.entry("tool-1", target -> {
                    Files.writeString(target.resolve("half"), "");
                    throw new IOException("no network");
                }));
        assertThat(cache.entry("tool-1")).doesNotExist();

        Path made = cache.entry("tool-1", target -> Files.writeString(target.resolve("file"), "whole"));

        assertThat(made.resolve("half")).doesNotExist();
        assertThat(made.resolve("file")).exists();
    }
}
