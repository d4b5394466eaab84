package dev.slipway.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StorableTest {
    @Test
    void replacesWhatTheDatabaseDoesNotTake() {
        assertThat(Storable.text("a\0b\uD83Dc")).isEqualTo("a\uFFFDb\uFFFDc");
    }

    @Test
    void leavesEverythingElseAsItIs() {
        String text = "grüße 🚀\u001b[0m\n";

        assertThat(Storable.text(text)).isSameAs(text);
    }
}
