package dev.slipway.api.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.gitops.Webhook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;

/** By the examples that the senders' own documents give, and by what is near to them. */
class SignatureTest {
    // docs.github.com: "Testing the webhook payload validation".
    private static final byte[] GITHUB_KEY = "It's a Secret to Everybody".getBytes(UTF_8);
    private static final String GITHUB_BODY = "Hello, World!";
    private static final String GITHUB_HEX = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    // The example of the Standard Webhooks libraries.
    private static final Webhook GITLAB = new Webhook("w", Webhook.Type.GITLAB, "s", null, "iac");
    private static final String TOKEN = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String STANDARD = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final String STANDARD_BODY = "{\"test\": 2432232314}";

    @ParameterizedTest
    @CsvSource({
        "GITHUB, X-Hub-Signature-256, sha256=",
        "FLUX,   X-Signature,         sha256=",
        "GITEA,  X-Gitea-Signature,   ''"
    })
    void takesAnHmacOfTheBodyInTheHeaderOfItsSender(Webhook.Type type, String header, String prefix) {
        assertThat(shown(type, GITHUB_BODY, header, prefix + GITHUB_HEX)).isTrue();
        assertThat(shown(type, GITHUB_BODY + " ", header, prefix + GITHUB_HEX)).isFalse();
        assertThat(shown(type, GITHUB_BODY, "X-Other", prefix + GITHUB_HEX)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "sha256=",
        "sha256=75",
        "sha256=nonsense",
        GITHUB_HEX,
        "sha1=" + GITHUB_HEX,
        "sha256=857107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
        "sha256=" + GITHUB_HEX + "00"
    })
    void takesNothingThatOnlyLooksLikeIt(String header) {
        assertThat(shown(Webhook.Type.GITHUB, GITHUB_BODY, "X-Hub-Signature-256", header))
                .isFalse();
    }

    @Test
    void takesTheSigningTokenOfGitLabAndNotItsSecretToken() {
        assertThat(standard("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", STANDARD))
                .isTrue();
        assertThat(standard("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "v1,AAAA v2,x " + STANDARD))
                .isTrue();
        assertThat(standard("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265331", STANDARD))
                .isFalse();
        assertThat(standard("msg_other", "1614265330", STANDARD)).isFalse();
        assertThat(standard("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "v1," + TOKEN))
                .isFalse();
        HttpHeaders plain = new HttpHeaders();
        plain.add("X-Gitlab-Token", TOKEN);
        assertThat(Signature.shown(
                        new Delivery(plain, STANDARD_BODY.getBytes(UTF_8)), GITLAB.type(), GITLAB.key(TOKEN)))
                .isEmpty();
    }

    private static boolean standard(String id, String timestamp, String signature) {
        HttpHeaders headers = new HttpHeaders();
        headers.add("webhook-id", id);
        headers.add("webhook-timestamp", timestamp);
        headers.add("webhook-signature", signature);
        return Signature.shown(new Delivery(headers, STANDARD_BODY.getBytes(UTF_8)), GITLAB.type(), GITLAB.key(TOKEN))
                .isPresent();
    }

    private static boolean shown(Webhook.Type type, String body, String header, String value) {
        HttpHeaders headers = new HttpHeaders();
        headers.add(header, value);
        return Signature.shown(new Delivery(headers, body.getBytes(UTF_8)), type, GITHUB_KEY)
                .isPresent();
    }
}
