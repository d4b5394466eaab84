package dev.slipway.store.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.artifact.Digest;
import dev.slipway.store.Samples;
import dev.slipway.store.StoreTest;
import dev.slipway.store.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@StoreTest
class ArtifactStoreTest {
    @Autowired
    private ArtifactStore artifacts;

    @Autowired
    private JdbcClient jdbc;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        TestDatabase.provide(registry);
    }

    @Test
    void givesBackFromAnyPositionWhatArrivedInChunks() throws IOException {
        byte[] content = new byte[10_000];
        new Random(1).nextBytes(content);
        Digest digest = Samples.digest(1);
        artifacts.begin(digest, content.length);

        for (int from = 0; from < content.length; ) {
            int to = Math.min(content.length, from + 1 + from / 3);
            assertThat(artifacts.append(digest, from, Arrays.copyOfRange(content, from, to)))
                    .isTrue();
            from = to;
        }

        assertThat(artifacts.find(digest)).map(StoredArtifact::complete).contains(true);
        for (int offset : new int[] {0, 1, 4_999, 9_999, 10_000}) {
            assertThat(artifacts.open(digest, offset, content.length).readAllBytes())
                    .isEqualTo(Arrays.copyOfRange(content, offset, content.length));
            assertThat(artifacts.open(digest, 0, offset).readAllBytes()).isEqualTo(Arrays.copyOf(content, offset));
        }
    }

    @Test
    void refusesBytesForAnotherPositionThanTheNext() {
        Digest digest = Samples.digest(2);
        artifacts.begin(digest, 10);

        assertThat(artifacts.append(digest, 1, new byte[2])).isFalse();
        assertThat(artifacts.append(digest, 0, new byte[11])).isFalse();
        assertThat(artifacts.append(digest, 0, new byte[4])).isTrue();
        assertThat(artifacts.append(digest, 0, new byte[4])).isFalse();
        assertThat(artifacts.begin(digest, 10)).isEqualTo(new StoredArtifact(digest, 10, 4));
    }

    @Test
    void refusesAnArchiveThatWouldBeCompleteBeforeItBegins() {
        assertThatThrownBy(() -> artifacts.begin(Samples.digest(6), 0))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("artifact_has_bytes");
    }

    @Test
    void dropsAnUploadOnlyWhereItStandsAndNeverACompleteOne() {
        Digest digest = Samples.digest(5);
        artifacts.begin(digest, 10);
        artifacts.append(digest, 0, new byte[4]);

        artifacts.drop(digest, 0);
        assertThat(artifacts.find(digest)).isPresent();
        artifacts.drop(digest, 4);
        assertThat(artifacts.find(digest)).isEmpty();

        artifacts.begin(digest, 10);
        artifacts.append(digest, 0, new byte[10]);
        artifacts.drop(digest, 10);
        assertThat(artifacts.find(digest)).isPresent();
    }

    @Test
    void dropsUploadsThatWereAbandoned() {
        artifacts.begin(Samples.digest(3), 10);
        artifacts.append(Samples.digest(3), 0, new byte[10]);
        artifacts.begin(Samples.digest(4), 10);
        jdbc.sql("update artifact set touched_at = now() - interval '2 days'").update();

        assertThat(artifacts.dropAbandoned(Duration.ofDays(1))).isPositive();

        assertThat(artifacts.find(Samples.digest(3))).isPresent();
        assertThat(artifacts.find(Samples.digest(4))).isEmpty();
    }
}
