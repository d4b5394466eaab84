package dev.slipway.core.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DigestTest {
    @Test
    void isTheSha256OfBytesAndOfTextInUtf8() {
        assertThat(Digest.of("").value())
                .isEqualTo("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(Digest.of("ü")).isEqualTo(Digest.of("ü".getBytes(StandardCharsets.UTF_8)));
    }
}
