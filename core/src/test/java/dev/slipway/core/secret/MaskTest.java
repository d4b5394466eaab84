package dev.slipway.core.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

    @Test
    void hidesItHoweverAnEncoderWritesAUrl() {
        Mask ofUrl = Mask.of(List.of("a/b c(d)~*é"));

        for (String encoded : List.of(
                "a%2Fb+c%28d%29%7E*%C3%A9",
                "a%2Fb%20c%28d%29~%2A%C3%A9", "a%2fb%20c(d)~*%c3%a9", "a/b%20c%28d%29~%2A%C3%A9")) {
            assertThat(ofUrl.apply("GET /" + encoded)).isEqualTo("GET /***");
        }
    }

    @Test
    void hidesItInJson() {
        Mask ofJson = Mask.of(List.of("a\"b\\c\td/<é"));

        for (String json : List.of(
                "a\\\"b\\\\c\\td/<é", "a\\\"b\\\\c\\td\\/<é", "a\\\"b\\\\c\\td/\\u003cé", "a\\\"b\\\\c\\td/<\\u00e9")) {
            assertThat(ofJson.apply("{\"p\":\"" + json + "\"}")).isEqualTo("{\"p\":\"***\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "abc", "user:"})
    void hidesItsBase64InsideALongerEncoding(String before) {
        String encoded = Base64.getEncoder().encodeToString((before + SECRET + "!").getBytes(StandardCharsets.UTF_8));

        assertThat(mask.apply("Basic " + encoded)).contains("***").hasSizeLessThan(encoded.length());
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 76})
    void hidesBase64ThatIsBrokenIntoLines(int width) {
        String token = "0123456789abcdefghijklmnopqrstuvwxyz".repeat(4);
        byte[] encoded = Base64.getMimeEncoder(width, new byte[] {'\n'}).encode(token.getBytes(StandardCharsets.UTF_8));

        String masked = new String(encoded, StandardCharsets.UTF_8)
                .lines()
                .map(Mask.of(List.of(token))::apply)
                .collect(Collectors.joining("\n"));

        assertThat(masked).isEqualTo("***\n***\n***");
    }

    @Test
    void hidesBothOfTwoSecretsThatOverlap() {
        assertThat(Mask.of(List.of("hunter22", "22secret")).apply("<hunter22secret>"))
                .isEqualTo("<***>");
    }

    @Test
    void hidesWhatACutMayHaveLeftOfASecret() {
        for (String form : List.of(SECRET, URLEncoder.encode(SECRET, StandardCharsets.UTF_8))) {
            for (int cut = 1; cut < form.length(); cut++) {
                assertThat(mask.apply("is " + form.substring(0, cut) + Mask.CUT))
                        .isEqualTo("is ***" + Mask.CUT);
                assertThat(mask.apply(Mask.CUT + form.substring(cut) + " it is"))
                        .isEqualTo(Mask.CUT + "*** it is");
            }
        }
        assertThat(mask.apply(Mask.CUT + SECRET.substring(2, 6) + Mask.CUT)).isEqualTo(Mask.CUT + "***" + Mask.CUT);
    }

    @Test
    void hidesThePartOfASecretWhoseCharacterWasCut() {
        byte[] bytes = "password-ä-x".getBytes(StandardCharsets.UTF_8);
        Mask ofBytes = Mask.of(List.of("password-ä-x"));

        assertThat(ofBytes.apply(new String(bytes, 0, 10, StandardCharsets.UTF_8) + Mask.CUT))
                .doesNotContain("pass");
        assertThat(ofBytes.apply(Mask.CUT + new String(bytes, 10, bytes.length - 10, StandardCharsets.UTF_8)))
                .doesNotContain("-x");
    }

    @Test
    void leavesTextAloneThatWasNotCutOrHoldsNoPart() {
        for (String text : List.of("", Mask.CUT, "of p@ss w", "no such thing" + Mask.CUT, Mask.CUT + "nor here")) {
            assertThat(mask.apply(text)).isEqualTo(text);
        }
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
