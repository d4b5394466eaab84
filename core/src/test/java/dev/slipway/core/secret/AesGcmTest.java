package dev.slipway.core.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class AesGcmTest {
    private static final SecretKey KEY = key(1);
    private static final byte[] BOUND = "name".getBytes(UTF_8);
    private static final byte[] PLAIN = "hunter22".getBytes(UTF_8);

    @Test
    void opensWhatItSealed() throws Exception {
        byte[] sealed = AesGcm.seal(KEY, BOUND, PLAIN);

        assertThat(AesGcm.open(KEY, BOUND, sealed)).isEqualTo(PLAIN);
        assertThat(sealed).hasSize(12 + PLAIN.length + 16);
        assertThat(AesGcm.seal(KEY, BOUND, PLAIN)).isNotEqualTo(sealed);
    }

    @Test
    void refusesAnotherKeyOrNameAndEveryChange() throws Exception {
        byte[] sealed = AesGcm.seal(KEY, BOUND, PLAIN);

        assertThatThrownBy(() -> AesGcm.open(key(2), BOUND, sealed)).isInstanceOf(AEADBadTagException.class);
        assertThatThrownBy(() -> AesGcm.open(KEY, new byte[0], sealed)).isInstanceOf(AEADBadTagException.class);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> AesGcm.open(KEY, BOUND, changed)).isInstanceOf(AEADBadTagException.class);
        }
    }

    @Test
    void refusesWhateverIsTooShort() throws Exception {
        byte[] sealed = AesGcm.seal(KEY, BOUND, PLAIN);

        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> AesGcm.open(KEY, BOUND, cut)).isInstanceOf(AEADBadTagException.class);
        }
    }

    private static SecretKey key(int first) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) first;
        return new SecretKeySpec(bytes, "AES");
    }
}
