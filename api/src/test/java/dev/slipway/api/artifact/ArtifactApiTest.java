package dev.slipway.api.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Api;
import dev.slipway.api.ApiTest;
import dev.slipway.api.Archives;
import dev.slipway.core.artifact.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@ApiTest
class ArtifactApiTest {
    @LocalServerPort
    private int port;

    private Api api = Api.asOperator(0);

    @BeforeEach
    void connect() {
        api = Api.asOperator(port);
    }

    @Test
    void takesAnArchiveInPartsAndGivesItBackFromAnywhere() {
        byte[] archive = large();
        Digest digest = Api.digest(archive);
        String path = "/api/artifacts/" + digest;
        assertThat(head(path).status()).isEqualTo(404);

        int first = 1_500_000;
        Api.Answer part = api.upload(digest, 0, archive.length, Arrays.copyOf(archive, first))
                .expect(204);
        assertThat(part.header("Upload-Offset")).isEqualTo(String.valueOf(first));
        assertThat(head(path).header("Upload-Offset")).isEqualTo(String.valueOf(first));
        assertThat(head(path).header("Upload-Length")).isEqualTo(String.valueOf(archive.length));
        api.get(path).problem(404, "unknown-artifact");

        Api.Answer twice = api.upload(digest, 0, archive.length, Arrays.copyOf(archive, first));
        twice.problem(409, "conflict");
        assertThat(twice.header("Upload-Offset")).isEqualTo(String.valueOf(first));

        Api.Answer rest = api.upload(digest, first, archive.length, Arrays.copyOfRange(archive, first, archive.length))
                .expect(204);
        assertThat(rest.header("Upload-Offset")).isEqualTo(String.valueOf(archive.length));
        assertThat(head(path).header("Upload-Offset")).isEqualTo(String.valueOf(archive.length));
        assertThat(api.get(path).expect(200).response().body()).isEqualTo(archive);

        Api.Answer range = api.send(
                        path,
                        request ->
                                request.header("Range", "bytes=" + first + "-").GET())
                .expect(206);
        assertThat(range.response().body()).isEqualTo(Arrays.copyOfRange(archive, first, archive.length));
        assertThat(range.header("Content-Range"))
                .isEqualTo("bytes " + first + "-" + (archive.length - 1) + "/" + archive.length);
        Api.Answer behind = api.send(
                path,
                request ->
                        request.header("Range", "bytes=" + archive.length + "-").GET());
        behind.problem(416, "requested-range-not-satisfiable");
        assertThat(behind.header("Content-Range")).isEqualTo("bytes */" + archive.length);
        api.send(path, request -> request.header("Range", "bytes=-5").GET()).problem(400, "invalid-input");
    }

    @Test
    void dropsWhatIsNotWhatItsDigestSays() {
        byte[] archive = Archives.simple("mismatch");
        Digest digest = new Digest("sha256:" + "1".repeat(64));

        assertThat(api.upload(digest, 0, archive.length, archive).problem(422, "digest-mismatch"))
                .contains(Api.digest(archive).value(), digest.value());

        assertThat(head("/api/artifacts/" + digest).status()).isEqualTo(404);
    }

    @Test
    void refusesBytesThatDoNotFitTheirHeaders() {
        byte[] archive = Archives.simple("headers");
        Digest digest = Api.digest(archive);

        api.upload(digest, -1, 10, archive).problem(400, "invalid-input");
        api.upload(digest, 11, 10, archive).problem(422, "invalid-input");
        api.upload(digest, 0, (4L << 20) + 1, archive).problem(413, "archive-too-large");
        api.upload(digest, 0, archive.length + 10L, archive).expect(204);
        api.upload(digest, archive.length, archive.length + 11L, archive).problem(422, "invalid-input");
        api.send(
                        "/api/artifacts/" + digest,
                        request -> request.header("Content-Type", "application/octet-stream")
                                .method("PATCH", HttpRequest.BodyPublishers.noBody()))
                .problem(400, "invalid-input");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void refusesAnArchiveWithoutBytes(long length) {
        Digest digest = new Digest("sha256:" + "2".repeat(64));

        Api.Answer refused = api.upload(digest, 0, length, new byte[0]);

        assertThat(refused.problem(400, "invalid-input")).startsWith("Upload-Length: ");
        assertThat(refused.json().path("field").asString()).isEqualTo("Upload-Length");
        assertThat(head("/api/artifacts/" + digest).status()).isEqualTo(404);
    }

    static Stream<Arguments> unsafe() {
        byte[] text = "x".getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                Arguments.of(
                        "a parent folder",
                        new Archives().file("../../etc/x", 0644, "x").end(),
                        "path escapes the archive root"),
                Arguments.of(
                        "a hidden parent folder",
                        new Archives().file("a/../../x", 0644, "x").end(),
                        "path escapes the archive root"),
                Arguments.of(
                        "an absolute path",
                        new Archives().file("/etc/x", 0644, "x").end(),
                        "absolute path"),
                Arguments.of(
                        "a backslash", new Archives().file("..\\x", 0644, "x").end(), "backslash"),
                Arguments.of("a newline", new Archives().file("a\nb", 0644, "x").end(), "control character"),
                Arguments.of(
                        "a symbolic link",
                        new Archives().entry("l", '2', 0777, new byte[0]).end(),
                        "absolute path"),
                Arguments.of(
                        "a hard link",
                        new Archives().entry("l", '1', 0644, new byte[0]).end(),
                        "absolute path"),
                Arguments.of(
                        "a character device",
                        new Archives().entry("d", '3', 0644, new byte[0]).end(),
                        "is a device"),
                Arguments.of(
                        "a block device",
                        new Archives().entry("d", '4', 0644, new byte[0]).end(),
                        "is a device"),
                Arguments.of(
                        "a fifo",
                        new Archives().entry("f", '6', 0644, new byte[0]).end(),
                        "named pipe"),
                Arguments.of(
                        "a sparse file without a map",
                        new Archives().entry("s", 'S', 0644, text).end(),
                        "sparse file"),
                Arguments.of("setuid", new Archives().file("su", 04755, "x").end(), "setuid"),
                Arguments.of("setgid", new Archives().file("sg", 02755, "x").end(), "setuid or setgid"),
                Arguments.of(
                        "a path in an extended header",
                        new Archives()
                                .pax("path", "../x")
                                .file("fine", 0644, "x")
                                .end(),
                        "path escapes the archive root"),
                Arguments.of(
                        "a long name",
                        new Archives()
                                .entry("././@LongLink", 'L', 0644, "../x\0".getBytes(StandardCharsets.UTF_8))
                                .file("fine", 0644, "x")
                                .end(),
                        "path escapes the archive root"),
                Arguments.of(
                        "a path for all entries",
                        new Archives()
                                .entry("g", 'g', 0644, "13 path=../x\n".getBytes(StandardCharsets.UTF_8))
                                .file("fine", 0644, "x")
                                .end(),
                        "path escapes the archive root"),
                Arguments.of(
                        "entries behind the end",
                        new Archives()
                                .file("a", 0644, "x")
                                .raw(new byte[1024])
                                .file("b", 0644, "x")
                                .end(),
                        "Trailing data after the end of the archive"),
                Arguments.of("bytes behind the end", concat(Archives.simple("behind"), text), "followed by other data"),
                Arguments.of("nothing in it", new Archives().end(), "is empty"),
                Arguments.of(
                        "no tar", Archives.gzip("hello".repeat(200).getBytes(StandardCharsets.UTF_8)), "malformed"),
                Arguments.of("no gzip", "PK zip it is".getBytes(StandardCharsets.UTF_8), "Not an archive"),
                Arguments.of("half of one", Arrays.copyOf(Archives.simple("half"), 60), "truncated"),
                Arguments.of(
                        "a cut tar",
                        new Archives().file("a", 0644, "x").raw(new byte[100]).gzip(),
                        "truncated"),
                Arguments.of(
                        "a huge extended header",
                        new Archives().pax("comment", "x".repeat(2_000_000)).end(),
                        "header of more than"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsafe")
    void refusesAnArchiveWith(String what, byte[] archive, String problem) {
        assertThat(api.upload(archive).problem(422, "unsafe-archive")).contains(problem);
        assertThat(head("/api/artifacts/" + Api.digest(archive)).status()).isEqualTo(404);
    }

    @Test
    void refusesWhatUnpacksToTooMuch() {
        Archives many = new Archives();
        IntStream.rangeClosed(0, 100_000).forEach(i -> many.file("f" + i, 0644, ""));
        api.upload(many.end()).problem(413, "archive-too-large");
        api.upload(new Archives().file("d/".repeat(49) + "f", 0644, "x").end()).expect(204);
        api.upload(new Archives()
                        .pax("path", "d/".repeat(1_000) + "f")
                        .file("f", 0644, "x")
                        .end())
                .problem(413, "archive-too-large");
        byte[] bomb =
                new Archives().entry("zeros", '0', 0644, new byte[30 << 20]).end();
        assertThat(api.upload(bomb).problem(413, "archive-too-large")).contains("bomb");
        byte[] wide =
                new Archives().entry("noise", '0', 0644, repetitive(33 << 20)).end();
        assertThat(api.upload(wide).problem(413, "archive-too-large")).contains("more than 33554432 bytes");
        assertThat(head("/api/artifacts/" + Api.digest(bomb)).status()).isEqualTo(404);
    }

    @Test
    void takesWhatTarWrites() {
        byte[] archive = new Archives()
                .entry("g", 'g', 0644, "16 comment=abcd\n".getBytes(StandardCharsets.UTF_8))
                .entry("./", '5', 0755, new byte[0])
                .entry("./bin/", '5', 01755, new byte[0])
                .pax("path", "./bin/" + "long".repeat(40))
                .file("short", 0755, "#!/bin/sh\n")
                .entry("old", '\0', 0644, new byte[513])
                .end();

        api.upload(archive).expect(204);
    }

    @Test
    void takesAZipOfSeveralChunks() throws IOException {
        byte[] noise = new byte[2_500_000];
        new Random(3).nextBytes(noise);
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(zipped)) {
            for (String name : List.of("bin/start", "noise", "end")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.equals("noise") ? noise : name.getBytes(StandardCharsets.UTF_8));
            }
        }
        byte[] archive = zipped.toByteArray();
        Digest digest = Api.digest(archive);

        api.upload(digest, 0, archive.length, Arrays.copyOf(archive, 1_500_000)).expect(204);
        api.upload(digest, 1_500_000, archive.length, Arrays.copyOfRange(archive, 1_500_000, archive.length))
                .expect(204);

        assertThat(api.get("/api/artifacts/" + digest).expect(200).response().body())
                .isEqualTo(archive);
        assertThat(api.upload(Arrays.copyOf(archive, archive.length - 1)).problem(422, "unsafe-archive"))
                .contains("malformed, truncated");
    }

    private Api.Answer head(String path) {
        return api.send(path, request -> request.HEAD());
    }

    // Compresses about forty to one, so that it is too much before it is a bomb.
    private static byte[] repetitive(int size) {
        byte[] noise = new byte[800];
        new Random(1).nextBytes(noise);
        byte[] content = new byte[size];
        Random random = new Random(2);
        for (int i = 0; i < size; i += noise.length) {
            System.arraycopy(noise, 0, content, i, Math.min(noise.length, size - i));
            content[i] = (byte) random.nextInt();
            for (int j = 0; j < 8; j++) {
                content[Math.min(size - 1, i + random.nextInt(noise.length))] = (byte) random.nextInt();
            }
        }
        return content;
    }

    private static byte[] large() {
        byte[] noise = new byte[2_500_000];
        new Random(1).nextBytes(noise);
        return new Archives().entry("noise", '0', 0644, noise).end();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }
}
