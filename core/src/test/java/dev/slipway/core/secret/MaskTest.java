package dev.slipway.core.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {
    private static final String SECRET = "p@ss w/rd+42";

    private final Mask mask = Mask.of(List.of(SECRET));

    @Test
    void hidesASecretWhereverItStands() {
        assertThat(mask.apply("url=postgres://u:" + SECRET + "@db and again " + SECRET))
                .isEqualTo("url=postgres://u:***@db and again ***");
    }

    @Test
    void hidesItsUrlEncoding() {
        String encoded = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);

        assertThat(mask.apply("GET /?p=" + encoded)).isEqualTo("GET /?p=***");
        assertThat(mask.apply("GET /" + encoded.replace("+", "%20"))).isEqualTo("GET /***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "abc", "user:"})
    void hidesItsBase64InsideALongerEncoding(String before) {
        String encoded = Base64.getEncoder().encodeToString((before + SECRET + "!").getBytes(StandardCharsets.UTF_8));

        assertThat(mask.apply("Basic " + encoded)).contains("***").hasSizeLessThan(encoded.length());
    }

    @Test
    void takesTheValuesOfVariablesWithTellingNames() {
        Mask ofVariables =
                Mask.ofVariables(Map.of("DB_PASSWORD", "hunter22", "apiKey", "k-123456", "GREETING", "hello"));

        assertThat(ofVariables.apply("hunter22 k-123456 hello")).isEqualTo("*** *** hello");
    }

    @Test
    void leavesTextAloneForValuesThatAreTooShortToHide() {
        assertThat(Mask.of(List.of("", "1", "abc")).apply("abc 1")).isEqualTo("abc 1");
    }

    @Test
    void neverShowsWhatItHides() {
        assertThat(mask).hasToString("***");
    }
}
