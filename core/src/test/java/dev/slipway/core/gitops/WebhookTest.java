package dev.slipway.core.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookTest {
    private static final Webhook FLUX = new Webhook("flux", Webhook.Type.FLUX, "key", "eu", null);
    private static final Webhook GITLAB = new Webhook("lab", Webhook.Type.GITLAB, "key", null, "iac");

    @ParameterizedTest
    @CsvSource({
        "FLUX,   ,   ,    cluster: is missing",
        "FLUX,   ,   iac, cluster: is missing",
        "FLUX,   eu, iac, iacRepository: does not apply to type flux",
        "GITHUB, ,   ,    iacRepository: is missing",
        "GITEA,  eu, iac, cluster: does not apply to type gitea",
        "GITLAB, eu, ,    iacRepository: is missing"
    })
    void tellsOfOneThing(Webhook.Type type, String cluster, String repository, String problem) {
        assertThatThrownBy(() -> new Webhook("w", type, "key", cluster, repository))
                .hasMessageStartingWith(problem);
    }

    @Test
    void readsTheKeyOfASigningToken() {
        assertThat(FLUX.key("s3cret")).asString().isEqualTo("s3cret");
        assertThat(GITLAB.key("whsec_" + Base64.getEncoder().encodeToString(new byte[] {1, 2})))
                .containsExactly(1, 2);
    }

    @Test
    void takesNoKeyThatAnybodyHas() {
        assertThatThrownBy(() -> FLUX.key("")).hasMessageContaining("is empty");
        assertThatThrownBy(() -> GITLAB.key("whsec_")).hasMessageContaining("is empty");
    }

    @Test
    void showsNothingOfATokenThatIsNone() {
        assertThatThrownBy(() -> GITLAB.key("whsec_canary!"))
                .hasMessageContaining("invalid GitLab signing token")
                .hasMessageNotContaining("canary");
        assertThatThrownBy(() -> GITLAB.key("canary")).hasMessageNotContaining("canary");
    }
}
