package dev.slipway.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import io.fabric8.kubernetes.client.Config;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which kubeconfigs are taken. */
class KubeconfigTest {
    private static final String HTTPS = "server: \"https://10.0.0.1:6443\"";

    @Test
    void takesAddressAuthorityAndTokenOfTheCurrentContext() {
        Config config = Kubeconfig.read(kubeconfig(HTTPS + ", certificate-authority-data: YWJj", "token: abc"))
                .configuration();

        assertThat(config.getMasterUrl()).isEqualTo("https://10.0.0.1:6443/");
        assertThat(config.getCaCertData()).isEqualTo("YWJj");
        assertThat(config.getAutoOAuthToken()).isNull();
        assertThat(config.getOauthToken()).isEqualTo("abc");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            exec                   | exec: {command: /bin/sh}
            auth-provider          | auth-provider: {name: gcp}
            tokenFile              | tokenFile: /etc/shadow
            client-certificate     | client-certificate: /etc/passwd
            client-key             | client-key: /root/.ssh/id_rsa
            as                     | as: admin
            """)
    void refusesUsersThatNeedThisMachine(String field, String user) {
        assertRefused(kubeconfig(HTTPS, user), "the field \"" + field + "\" is not supported");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            certificate-authority    | certificate-authority: /etc/ssl/ca.crt
            insecure-skip-tls-verify | insecure-skip-tls-verify: true
            proxy-url                | proxy-url: "http://proxy:3128"
            """)
    void refusesClustersThatCannotBeTrusted(String field, String cluster) {
        assertRefused(kubeconfig(HTTPS + ", " + cluster, "token: abc"), "the field \"" + field + "\" is not supported");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.1:8080",
                "http://127.0.0.1.example.com",
                "ftp://10.0.0.1",
                "https://user:password@10.0.0.1",
                "https://",
                "no address"
            })
    void refusesServersWithoutTls(String server) {
        assertRefused(kubeconfig("server: \"" + server + "\"", "token: abc"), "the field \"server\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080", "https://cluster/k8s/1"})
    void takesServersThatNobodyListensInOn(String server) {
        assertThatCode(() -> Kubeconfig.host(kubeconfig("server: \"" + server + "\"", "token: abc")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret: [", "just text", "- a\n- b", "current-context: x\ncontexts: secret"})
    void refusesOtherTextsWithoutRepeatingThem(String text) {
        assertThatThrownBy(() -> Kubeconfig.host(text))
                .isInstanceOf(SlipwayException.class)
                .hasMessageStartingWith("Invalid kubeconfig: ")
                .hasMessageNotContaining("secret: ");
    }

    @Test
    void ignoresContextsThatAreNotUsed() {
        String text = kubeconfig(HTTPS, "token: abc")
                .replace("users: [", "users: [{name: other, user: {exec: {command: aws}}}, ");

        assertThatCode(() -> Kubeconfig.host(text)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"EC, EC", "RSA, RSA"})
    void knowsWhichKindOfKeyItIs(String generated, String told) throws Exception {
        byte[] key = KeyPairGenerator.getInstance(generated)
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        String pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n";
        String data = Base64.getEncoder().encodeToString(pem.getBytes(java.nio.charset.StandardCharsets.US_ASCII));

        assertThat(Kubeconfig.read(kubeconfig(HTTPS, "client-key-data: " + data))
                        .configuration()
                        .getClientKeyAlgo())
                .isEqualTo(told);
    }

    private static void assertRefused(String text, String why) {
        assertThatThrownBy(() -> Kubeconfig.host(text))
                .hasMessageContaining(why)
                .extracting(e -> ((SlipwayException) e).type())
                .isEqualTo(FailureType.CLUSTER_REFUSED);
    }

    private static String kubeconfig(String cluster, String user) {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {%s}}]
                users: [{name: u, user: {%s}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(cluster, user);
    }
}
