package dev.slipway.cli.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.ApiDouble;
import dev.slipway.cli.ApiDouble.Answer;
import dev.slipway.cli.ArtifactsDouble;
import dev.slipway.cli.CommandRun;
import dev.slipway.cli.CommandRun.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveUploadTest {
    private static final String POST = "POST /api/releases";

    @TempDir
    Path directory;

    private final ApiDouble api = new ApiDouble();
    private byte[] content = new byte[0];
    private String digest = "";

    @BeforeEach
    void prepare() throws IOException {
        content = tar("noise", ArchiveUpload.PIECE * 2);
        digest = ArtifactsDouble.digest(content);
        Files.write(directory.resolve("web.tar.gz"), content);
        api.answer(
                POST,
                Answer.of(
                        201,
                        "{\"name\":\"web\",\"version\":\"v1\",\"components\":[{\"name\":\"web\",\"type\":\"archive\",\"digest\":\""
                                + digest + "\"}]}"));
    }

    private static byte[] tar(String name, int size) throws IOException {
        byte[] noise = new byte[size];
        new Random(7).nextBytes(noise);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry(name, true);
            entry.setSize(size);
            tar.putArchiveEntry(entry);
            tar.write(noise);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    @AfterEach
    void close() {
        api.close();
    }

    private Result create() {
        return CommandRun.with(api, directory).run("release", "create", "web", "v1", "--component", "web=./web.tar.gz");
    }

    private void assertUploaded(Result result) {
        assertThat(result.err()).doesNotContain("error:");
        assertThat(result.exitCode()).isZero();
        assertThat(api.artifacts().stored(digest)).isEqualTo(content);
        assertThat(api.received(POST).getFirst().body())
                .isEqualTo("{\"name\":\"web\",\"version\":\"v1\",\"components\":[{\"name\":\"web\",\"archive\":\""
                        + digest + "\"}]}");
    }

    @Test
    void sendsAnArchiveInPieces() {
        Result result = create();

        assertUploaded(result);
        assertThat(api.artifacts().patches()).isEqualTo(3);
        assertThat(result.out()).contains("release web@v1").contains("web " + digest);
        assertThat(result.err()).isEqualTo("web: uploaded\n");
    }

    @Test
    void sendsNothingThatTheServerHas() {
        api.artifacts().has(digest, content);

        Result result = create();

        assertUploaded(result);
        assertThat(api.artifacts().patches()).isZero();
        assertThat(result.err()).isEqualTo("web: already uploaded\n");
    }

    @Test
    void goesOnWhereAnEarlierUploadEnded() {
        api.artifacts().has(digest, Arrays.copyOf(content, ArchiveUpload.PIECE + 99));

        Result result = create();

        assertUploaded(result);
        assertThat(api.artifacts().patches()).isEqualTo(2);
        assertThat(result.err()).contains("resuming at 8.0 MiB of 16.0 MiB");
    }

    @Test
    void goesOnWhereALostConnectionLeftIt() {
        api.artifacts().breakNextPieceAfter(54_321);

        assertUploaded(create());
    }

    @Test
    void startsOverOnceWhenWhatWasThereWasBroken() {
        api.artifacts().has(digest, new byte[1_000]);

        Result result = create();

        assertUploaded(result);
        assertThat(result.err()).contains("corrupted in transit");
    }

    @Test
    void refusesWhatLooksLikeAFileAndIsNone() {
        Result result = CommandRun.with(api, directory)
                .run("release", "create", "web", "v1", "--component", "web=./wbe.tar.gz");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).startsWith("error: component web: no such file: ./wbe.tar.gz");
        assertThat(api.received(POST)).isEmpty();
    }

    @Test
    void refusesBeforeTheUploadWhatTheServerWouldRefuse() throws IOException {
        Files.write(directory.resolve("web.tar.gz"), tar("../escaped", 1));

        Result result = create();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("error: component web: ")
                .contains("web.tar.gz: Archive entry \"../escaped\"", "path escapes the archive root");
        assertThat(api.artifacts().patches()).isZero();
    }

    @Test
    void saysHowToPackADirectory() {
        Result result = CommandRun.with(api, directory)
                .run("release", "create", "web", "v1", "--component", "web=" + directory);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("is a directory").contains("tar -czf web.tar.gz -C");
    }

    @Test
    void takesEverythingElseForAnImage() {
        CommandRun.with(api, directory)
                .run("release", "create", "web", "v1", "--component", "api=registry.example/api:1.2");

        assertThat(api.received(POST)
                        .getFirst()
                        .json()
                        .get("components")
                        .get(0)
                        .get("image")
                        .asString())
                .isEqualTo("registry.example/api:1.2");
    }

    @Test
    void refusesAComponentThatIsGivenTwice() {
        Result result = CommandRun.with(api, directory)
                .run("release", "create", "web", "v1", "--component", "a=one:1", "--component", "a=two:2");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("a is given twice");
    }
}
