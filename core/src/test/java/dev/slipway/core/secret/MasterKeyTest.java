package dev.slipway.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.core.failure.SlipwayException;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeyTest {
    @Test
    void tellsKeysApartWithoutShowingThem() {
        MasterKey zeros = key((byte) 0);

        assertThat(zeros.id())
                .isEqualTo(key((byte) 0).id())
                .isNotEqualTo(key((byte) 1).id());
        assertThat(zeros).hasToString("***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c2VjcmV0", "no base64!"})
    void refusesWhatIsNoKeyWithoutRepeatingIt(String text) {
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> MasterKey.ofBase64(text))
                .withMessage("The secret key must be the Base64 of 32 bytes; make one with: openssl rand -base64 32");
    }

    private static MasterKey key(byte filling) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, filling);
        return MasterKey.ofBase64(Base64.getEncoder().encodeToString(bytes) + "\n");
    }
}
