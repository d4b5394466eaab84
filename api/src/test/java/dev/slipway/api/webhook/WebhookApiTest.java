package dev.slipway.api.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Api;
import dev.slipway.api.ApiTest;
import dev.slipway.api.webhook.MonitoredDeployments.Monitored;
import dev.slipway.store.gitops.GitOpsDeploymentStore;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of deliveries, genuine ones and others. */
@ApiTest
@ExtendWith(OutputCaptureExtension.class)
class WebhookApiTest {
    private static final String KEY = "a key of both ends";
    private static final byte[] TOKEN = Arrays.copyOf("of GitLab".getBytes(UTF_8), 32);
    private static final long GIGABYTES = 2L << 30;
    private static final String DECLARED = """
            {kind: Cluster, name: hook-eu}
            ---
            {kind: IacRepository, name: hook-iac, url: "https://git.example.com/ops/iac.git"}
            ---
            {kind: Webhook, name: hook-flux, type: flux, secret: hook-key, cluster: hook-eu}
            ---
            {kind: Webhook, name: hook-gitea, type: gitea, secret: hook-key, iacRepository: hook-iac}
            ---
            {kind: Webhook, name: hook-github, type: github, secret: hook-key, iacRepository: hook-iac}
            ---
            {kind: Webhook, name: hook-gitlab, type: gitlab, secret: hook-token, iacRepository: hook-iac}
            """;

    @LocalServerPort
    private int port;

    private final MonitoredDeployments deployments;

    private Api api = Api.asOperator(0);

    @Autowired
    WebhookApiTest(GitOpsDeploymentStore store, WorkflowClient client, JdbcClient jdbc) {
        deployments = new MonitoredDeployments(store, client, jdbc);
    }

    @BeforeEach
    void declare() {
        api = Api.asOperator(port);
        api.put("/api/secrets/hook-key", "{\"value\": \"" + KEY + "\"}");
        api.put(
                "/api/secrets/hook-token",
                "{\"value\": \"whsec_" + Base64.getEncoder().encodeToString(TOKEN) + "\"}");
        api.apply(DECLARED).expect(200);
    }

    @Test
    void wakesWhoeverWaitsForWhatFluxTellsOf() {
        Monitored shop = deployments.start("hook-eu", "shop");
        Monitored other = deployments.start("hook-eu", "other");
        Monitored elsewhere = deployments.start("hook-us", "shop");

        flux(event("HelmRelease", "shop")).expect(202);
        flux(event("Kustomization", "shop")).expect(202);
        flux(event("Receiver", "shop")).expect(202);

        shop.awaitLooks(2);
        assertThat(other.looks()).isZero();

        flux(event("GitRepository", "fleet")).expect(202);

        shop.awaitLooks(3);
        other.awaitLooks(1);
        assertThat(elsewhere.looks()).isZero();
    }

    @Test
    void wakesWhoeverWaitsForTheBranchThatWasPushed() {
        Monitored waiting = deployments.start("hook-eu", "pushed");
        String push = push("refs/heads/main", "ops/iac");

        signed("hook-github", push, "X-Hub-Signature-256", "sha256=" + hex(push), "X-GitHub-Event", "push")
                .expect(202);
        String again = push("refs/heads/main", "Ops/IaC");
        signed("hook-gitea", again, "X-Gitea-Signature", hex(again), "X-Gitea-Event", "push")
                .expect(202);
        gitLab(again, Instant.now()).expect(202);

        waiting.awaitLooks(3);
    }

    @Test
    void wakesNobodyForAnythingElse() {
        Monitored waiting = deployments.start("hook-eu", "unmoved");
        for (String body : new String[] {push("refs/heads/feature", "ops/iac"), push("refs/heads/main", "ops/other")}) {
            signed("hook-github", body, "X-Hub-Signature-256", "sha256=" + hex(body), "X-GitHub-Event", "push")
                    .expect(202);
        }
        String ping = "{\"zen\": \"" + UUID.randomUUID() + "\"}";
        signed("hook-github", ping, "X-Hub-Signature-256", "sha256=" + hex(ping), "X-GitHub-Event", "ping")
                .expect(202);

        assertThat(waiting.looks()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"hook-flux, sha256=00", "hook-flux, sha1=", "hook-flux, ''", "hook-flux, other", "hook-none, genuine"})
    void refusesWhateverIsNotSignedForItWithOneAnswer(String name, String signature, CapturedOutput log) {
        Monitored waiting = deployments.start("hook-eu", "shop");
        String body = event("HelmRelease", "shop");
        String shown = switch (signature) {
            case "genuine" -> "sha256=" + hex(body);
            case "other" -> "sha256=" + hex(body + " ");
            default -> signature;
        };

        String detail = signed(name, body, "X-Signature", shown).problem(401, "unauthenticated");

        assertThat(detail).isEqualTo(unsigned());
        assertThat(waiting.looks()).isZero();
        assertThat(log.getOut()).doesNotContain("involvedObject").doesNotContain(hex(body));
    }

    @Test
    void saysWhyInTheLogAndDoesNotLetSendersFillIt(CapturedOutput log) {
        api.apply("{kind: Webhook, name: hook-noisy, type: flux, secret: hook-key, cluster: hook-eu}")
                .expect(200);

        for (int i = 0; i < 5; i++) {
            signed("hook-noisy", "{}", "X-Signature", "sha256=00").problem(401, "unauthenticated");
        }

        assertThat(log.getOut())
                .containsOnlyOnce("Webhook hook-noisy: delivery rejected: the signature is missing or invalid");
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301, -100_000})
    void refusesWhatWasSentTooLongAgo(long seconds) {
        Instant then = Instant.now().plusSeconds(seconds < 0 ? seconds : seconds + 60);
        String body = event("HelmRelease", "shop", then);

        flux(body).problem(401, "unauthenticated");
        gitLab(push("refs/heads/main", "ops/iac"), then).problem(401, "unauthenticated");
    }

    @Test
    void refusesWhatWasDeliveredBeforeHoweverItsSignatureIsWritten() {
        Monitored waiting = deployments.start("hook-eu", "repeated");
        String body = event("HelmRelease", "repeated");
        String push = push("refs/heads/main", "ops/iac");
        flux(body).expect(202);
        signed("hook-gitea", push, "X-Gitea-Signature", hex(push)).expect(202);

        flux(body).problem(401, "unauthenticated");
        signed("hook-flux", body, "X-Signature", "sha256=" + hex(body).toUpperCase(Locale.ROOT))
                .problem(401, "unauthenticated");
        assertThat(signed("hook-gitea", push, "X-Gitea-Signature", hex(push)).problem(401, "unauthenticated"))
                .isEqualTo(unsigned());
        waiting.awaitLooks(1);
    }

    @Test
    void refusesEverythingWithoutAKey() {
        api.put("/api/secrets/hook-gone", "{\"value\": \"once\"}");
        api.apply("{kind: Webhook, name: hook-keyless, type: flux, secret: hook-gone, cluster: hook-eu}")
                .expect(200);
        api.send("/api/secrets/hook-gone", request -> request.DELETE()).expect(204);

        for (byte[] key : new byte[][] {"once".getBytes(UTF_8), new byte[32]}) {
            signed(
                            "hook-keyless",
                            "{}",
                            "X-Signature",
                            "sha256=" + HexFormat.of().formatHex(hmac(key, "{}")))
                    .problem(401, "unauthenticated");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "[]",
                "{\"a\":",
                "{} {}",
                "{\"timestamp\": \"2026-07-01T12:00:00Z\"}",
                "{\"timestamp\": 5, \"involvedObject\": {}}",
                "{\"timestamp\": \"soon\", \"involvedObject\": {\"kind\": \"a\", \"namespace\": \"b\", \"name\": \"c\"}}"
            })
    void saysWhatIsWrongWithWhatIsSigned(String body) {
        flux(body).problem(400, "invalid-input");
    }

    @Test
    void saysWhatIsWrongWithAPushThatIsNone() {
        String body = "{\"ref\": \"refs/heads/main\"}";

        assertThat(signed("hook-gitea", body, "X-Gitea-Signature", hex(body), "X-Gitea-Event", "push")
                        .problem(400, "invalid-input"))
                .isEqualTo("repository.full_name: is missing or not a string");
        signed("hook-gitea", body, "X-Gitea-Signature", hex(body), "Content-Type", "text/plain")
                .problem(415, "unsupported-media-type");
    }

    @Test
    void refusesGigabytesBeforeTheyAreRead() throws IOException {
        AtomicLong sent = new AtomicLong();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
            Thread.ofVirtual().start(() -> send(socket, sent));

            String status = new String(socket.getInputStream().readNBytes(12), US_ASCII);

            assertThat(status).isEqualTo("HTTP/1.1 413");
        }
        assertThat(sent.get()).isLessThan(64L << 20);
        api.with(null)
                .send(
                        "/api/webhooks/hook-flux",
                        request -> request.header("Content-Type", "application/json")
                                .POST(Api.bytes(new byte[(3 << 20) + 1])))
                .problem(413, "too-large");
    }

    @Test
    void listsThemWithoutTheirKeys() {
        assertThat(api.get("/api/webhooks").expect(200).text())
                .contains("\"name\":\"hook-flux\"", "\"secret\":\"hook-key\"")
                .doesNotContain(KEY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: flux, secret: hook-key, cluster: nowhere | there is no Cluster \"nowhere\"",
                "type: gitea, secret: hook-key, iacRepository: nowhere | there is no IacRepository \"nowhere\"",
                "type: flux, secret: nowhere, cluster: hook-eu | There is no secret \"nowhere\"",
                "type: gitlab, secret: hook-key, iacRepository: hook-iac | invalid GitLab signing token",
            })
    void refusesDocumentsThatSpeakOfWhatIsNotThere(String fields, String problem) {
        assertThat(api.apply("{kind: Webhook, name: hook-wrong, " + fields + "}")
                        .problem(422, "invalid-input"))
                .contains("Webhook hook-wrong: ", problem)
                .doesNotContain(KEY);
    }

    private static void send(Socket socket, AtomicLong sent) {
        byte[] chunk = new byte[1 << 16];
        Arrays.fill(chunk, (byte) 'x');
        try {
            OutputStream out = socket.getOutputStream();
            out.write(String.join(
                            "\r\n",
                            "POST /api/webhooks/hook-flux HTTP/1.1",
                            "Host: x",
                            "Content-Type: application/json",
                            "Transfer-Encoding: chunked",
                            "",
                            "")
                    .getBytes(US_ASCII));
            while (sent.get() < GIGABYTES) {
                out.write((Integer.toHexString(chunk.length) + "\r\n").getBytes(US_ASCII));
                out.write(chunk);
                out.write("\r\n".getBytes(US_ASCII));
                sent.addAndGet(chunk.length);
            }
        } catch (IOException e) {
            // The server has answered and closed.
        }
    }

    private String unsigned() {
        return signed("hook-flux", "{}").problem(401, "unauthenticated");
    }

    private Api.Answer flux(String body) {
        return signed("hook-flux", body, "X-Signature", "sha256=" + hex(body));
    }

    private Api.Answer gitLab(String body, Instant at) {
        String seconds = String.valueOf(at.getEpochSecond());
        byte[] signature = hmac(TOKEN, "msg-1." + seconds + "." + body);
        return signed(
                "hook-gitlab",
                body,
                "webhook-id",
                "msg-1",
                "webhook-timestamp",
                seconds,
                "webhook-signature",
                "v1," + Base64.getEncoder().encodeToString(signature));
    }

    private Api.Answer signed(String name, String body, String... headers) {
        return api.with(null).send("/api/webhooks/" + name, request -> {
            if (!Arrays.asList(headers).contains("Content-Type")) {
                request.header("Content-Type", "application/json");
            }
            return (headers.length == 0 ? request : request.headers(headers)).POST(Api.bytes(body.getBytes(UTF_8)));
        });
    }

    private static String event(String kind, String name) {
        return event(kind, name, Instant.now());
    }

    private static String event(String kind, String name, Instant at) {
        return """
                {"involvedObject": {"kind": "%s", "namespace": "%s", "name": "%s"}, "severity": "info",
                 "timestamp": "%s", "message": "%s", "reason": "ReconciliationSucceeded"}""".formatted(kind, name, name, at, UUID.randomUUID());
    }

    private static String push(String ref, String repository) {
        return """
                {"object_kind": "push", "ref": "%s", "after": "%s", "repository": {"full_name": "%s"},
                 "project": {"path_with_namespace": "%3$s"}}""".formatted(ref, UUID.randomUUID(), repository);
    }

    private static String hex(String body) {
        return HexFormat.of().formatHex(hmac(KEY.getBytes(UTF_8), body));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
