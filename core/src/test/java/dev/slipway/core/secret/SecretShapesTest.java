package dev.slipway.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which secrets are known by how they look. */
class SecretShapesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            DB_PASSWORD=hunter2                         | DB_PASSWORD=***
            AWS_ACCESS_KEY=abc def                      | AWS_ACCESS_KEY=*** def
            {"apiKey": "a b", "user": "ada"}            | {"apiKey": ***, "user": "ada"}
            DB_PASSWORD=ab,cd;ef&gh user=ada            | DB_PASSWORD=*** user=ada
            {"password":"a\\"bc", "user": "ada"}        | {"password":***, "user": "ada"}
            PASSWORD="abc def                           | PASSWORD=***
            {"log":"{\\"password\\":\\"x\\"}"}          | {"log":"{\\"password\\":***}
            client_secret: s3cret                       | client_secret: ***
            postgres://ada:hunter2@db:5432/shop?ssl=on  | postgres://***@db:5432/shop?ssl=on
            https://0123456789abcdef@git.example.com    | https://***@git.example.com
            Authorization: Bearer abcdefghijkl          | Authorization: Bearer ***
            got eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl here | got *** here
            pushed by ghp_0123456789abcdefghij          | pushed by ***
            with AKIAIOSFODNN7EXAMPLE.                  | with ***.
            """)
    void hidesWhatLooksLikeASecret(String text, String shown) {
        assertThat(SecretShapes.hide(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "duplicate key: users_pkey",
                "could not connect to postgres://db:5432/shop",
                "mail to ada@example.com failed, see https://example.com/a@b",
                "password is missing"
            })
    void leavesTheRest(String text) {
        assertThat(SecretShapes.hide(text)).isEqualTo(text);
    }

    @Test
    void hidesPrivateKeysThatAreCut() {
        String begin = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n";
        String end = "AQAB\n-----END RSA PRIVATE KEY-----";

        assertThat(SecretShapes.hide("a\n" + begin + end + "\nb")).isEqualTo("a\n***\nb");
        assertThat(SecretShapes.hide("a\n" + begin)).isEqualTo("a\n***");
        assertThat(SecretShapes.hide(end + "\nb")).isEqualTo("***\nb");
    }

    @Test
    void isQuickWithWhateverText() {
        for (String part : new String[] {
            "key", "password ", "://", "eyJaaaaa.", "eyJ-", "key=\\\"", "-----BEGIN PRIVATE KEY-----", "a-"
        }) {
            String text = part.repeat((256 << 10) / part.length());

            Assertions.assertTimeoutPreemptively(
                    Duration.ofMinutes(1),
                    () -> assertThatCode(() -> SecretShapes.hide(text)).doesNotThrowAnyException());
        }
    }
}
