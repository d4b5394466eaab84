package dev.slipway.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.gitops.Reconciler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of a release by the secrets that Helm keeps. */
class HelmDecisionTest {
    private static final String BEFORE = "2026-05-01T09:00:00Z";
    private static final String AFTER = "2026-05-01T12:00:05.123456789+02:00";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            deployed        | ready: Helm release apps/shop is at shop 1.1.0 (revision 2)
            failed          | broken: Helm release apps/shop failed at shop 1.1.0 (revision 2): said failed
            pending-upgrade | progressing: Helm release apps/shop is at shop 1.1.0 (revision 2): pending-upgrade
            pending-rollback | progressing: Helm release apps/shop is at shop 1.1.0 (revision 2): pending-rollback
            uninstalling    | broken: Helm release apps/shop failed at shop 1.1.0 (revision 2): said uninstalling
            """)
    void saysWhatBecameOfTheRevision(String status, String told) {
        assertThat(told(secret(1, "1.0.0", "superseded", BEFORE), secret(2, "1.1.0", status, AFTER)))
                .isEqualTo(told);
    }

    @Test
    void waitsForTheFirstRevision() {
        assertThat(told()).isEqualTo("progressing: Helm release apps/shop does not exist yet");
    }

    @Test
    void waitsForTheVersionToBeInstalledAfterThePush() {
        assertThat(told(secret(1, "1.1.0", "deployed", BEFORE)))
                .isEqualTo("progressing: Helm release apps/shop is at shop 1.1.0 (revision 1), not yet at shop 1.1.0 of"
                        + " this commit");
    }

    @Test
    void isBrokenWhenHelmWentBackAfterAFailure() {
        assertThat(told(secret(2, "1.1.0", "failed", AFTER), secret(3, "1.0.0", "deployed", AFTER)))
                .isEqualTo("broken: Helm release apps/shop failed at shop 1.1.0 (revision 2): said failed; now it is at"
                        + " shop 1.0.0 (revision 3): said deployed");
    }

    @Test
    void saysWhenAnotherVersionHasTakenItsPlace() {
        assertThat(told(secret(2, "1.1.0", "superseded", AFTER), secret(3, "1.2.0", "deployed", AFTER)))
                .isEqualTo("progressing: Helm release apps/shop has moved from shop 1.1.0 (revision 2) to shop 1.2.0"
                        + " (revision 3)");
    }

    @Test
    void ordersRevisionsByNumber() {
        assertThat(told(secret(10, "1.1.0", "deployed", AFTER), secret(9, "1.1.0", "failed", AFTER)))
                .startsWith("ready: ");
    }

    @ParameterizedTest
    @CsvSource({"bm8gZ3ppcA==", "%%%", "''", "H4sIAAAAAAAA"})
    void leavesOutWhatIsNoRelease(String data) {
        String secret = """
                kind: Secret
                metadata: {name: x, namespace: apps, labels: {owner: helm, name: shop}}
                type: helm.sh/release.v1
                data: {release: "%s"}
                """.formatted(Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8)));

        assertThat(told(secret)).endsWith("does not exist yet");
    }

    private static String told(String... manifests) {
        return Snapshot.of(manifests).told(Reconciler.HELM);
    }

    private static String secret(int revision, String version, String status, String deployed) {
        String json = """
                {"name": "shop", "version": %d, "namespace": "apps", "manifest": "a: b",
                 "info": {"status": "%s", "description": "said %s", "last_deployed": "%s", "notes": ""},
                 "chart": {"metadata": {"name": "shop", "version": "%s", "keywords": ["x"]}, "files": null}}
                """.formatted(revision, status, status, deployed, version);
        String data = Base64.getEncoder().encodeToString(Base64.getEncoder().encode(compressed(json)));
        return """
                kind: Secret
                metadata: {name: r%d, namespace: apps, labels: {owner: helm, name: shop}}
                type: helm.sh/release.v1
                data: {release: %s}
                """.formatted(revision, data);
    }

    private static byte[] compressed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
