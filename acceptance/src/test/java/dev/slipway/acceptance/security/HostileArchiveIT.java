package dev.slipway.acceptance.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.acceptance.sample.Archive;
import dev.slipway.acceptance.sample.HostileArchives;
import dev.slipway.acceptance.sample.SampleService;
import dev.slipway.acceptance.stack.Api.Answer;
import dev.slipway.acceptance.stack.Stack;
import dev.slipway.core.artifact.Digest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that nobody should unpack never become one that can be released. */
class HostileArchiveIT {
    @RegisterExtension
    static final Stack stack = Stack.named("security");

    @ParameterizedTest
    @ValueSource(strings = {"../../x", "/etc/x", "a/../../x", "a/..", "./../x", "a\\..\\x", "a\nb"})
    void refusesPathsThatLeadOut(String path) {
        refused(HostileArchives.path(path), 422, "unsafe-archive");
    }

    @ParameterizedTest
    @ValueSource(
            bytes = {
                TarConstants.LF_SYMLINK,
                TarConstants.LF_LINK,
                TarConstants.LF_CHR,
                TarConstants.LF_BLK,
                TarConstants.LF_FIFO
            })
    void refusesLinksThatLeadOutDevicesAndPipes(byte type) {
        refused(HostileArchives.type(type), 422, "unsafe-archive");
    }

    @Test
    void refusesLinksThatLeadOutThroughOthersAndTakesThoseThatStayInside() {
        refused(HostileArchives.links("a -> b/../x", "b -> folder/up", "folder/up -> .."), 422, "unsafe-archive");
        refused(HostileArchives.links("folder/a -> ../b/../../x", "b -> folder"), 422, "unsafe-archive");

        Archive inside = HostileArchives.links("a -> b/../folder/file", "b -> folder", "folder/up -> ../b/file");
        assertThat(upload(inside.digest(), inside.bytes()).status()).isEqualTo(204);
    }

    @Test
    void refusesProgramsThatRunAsTheirOwner() {
        refused(HostileArchives.setuid(), 422, "unsafe-archive");
    }

    @Test
    void refusesWhatUnpacksToManyTimesItsSize() {
        refused(HostileArchives.bomb(), 413, "archive-too-large");
    }

    @Test
    void refusesTooManyEntries() {
        refused(HostileArchives.entries(100_001), 413, "archive-too-large");
    }

    @Test
    void refusesFoldersThatAreTooDeep() {
        refused(HostileArchives.path("d/".repeat(1_000) + "x"), 413, "archive-too-large");
    }

    @Test
    void refusesWhatIsNoArchiveOrAPartOfOne() {
        byte[] whole = SampleService.large("v1", 10_000).bytes();
        refused(new Archive(Archive.text("no archive at all"), Map.of()), 422, "unsafe-archive");
        refused(new Archive(Arrays.copyOf(whole, whole.length / 2), Map.of()), 422, "unsafe-archive");
        byte[] longer = Arrays.copyOf(whole, whole.length + 600);
        refused(new Archive(longer, Map.of()), 422, "unsafe-archive");
    }

    @Test
    void refusesBytesThatAreNotThoseThatWereAnnounced() {
        Digest announced = SampleService.good("another").digest();
        Answer answer = upload(announced, SampleService.good("v1").bytes());

        assertThat(answer.status()).as("%s", answer).isEqualTo(422);
        assertThat(answer.text("type")).isEqualTo("urn:slipway:problem:digest-mismatch");
        requireNothingKept(announced);
    }

    private static void refused(Archive archive, int status, String type) {
        Answer answer = upload(archive.digest(), archive.bytes());

        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.text("type")).isEqualTo("urn:slipway:problem:" + type);
        assertThat(answer.body()).doesNotContain("Exception", "/etc/passwd");
        requireNothingKept(archive.digest());
    }

    private static Answer upload(Digest digest, byte[] bytes) {
        return stack.api()
                .send(
                        "PATCH",
                        "/api/artifacts/" + digest,
                        BodyPublishers.ofByteArray(bytes),
                        Map.of(
                                "Content-Type", "application/octet-stream",
                                "Upload-Offset", "0",
                                "Upload-Length", Integer.toString(bytes.length)));
    }

    private static void requireNothingKept(Digest digest) {
        assertThat(stack.api()
                        .send("HEAD", "/api/artifacts/" + digest, BodyPublishers.noBody(), Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(stack.api()
                        .post(
                                "/api/releases",
                                "{\"name\":\"hostile\",\"version\":\"v1\",\"components\":[{\"name\":\"web\",\"archive\":\""
                                        + digest + "\"}]}")
                        .status())
                .isBetween(400, 499);
    }
}
