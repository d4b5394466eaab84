package dev.slipway.api.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.slipway.api.Api;
import dev.slipway.api.ApiTest;
import dev.slipway.api.Archives;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.artifact.StoredArtifact;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Two upload the same archive, and the second overtakes the first while that waits for its last bytes. */
@ApiTest
class ConcurrentUploadTest {
    @Autowired
    private Uploads uploads;

    @Autowired
    private ArtifactStore artifacts;

    @Test
    void leavesBothWithTheCompleteArchive() throws IOException {
        byte[] archive = Archives.simple("concurrent");
        Digest digest = Api.digest(archive);
        int half = archive.length / 2;
        uploads.add(digest, 0, archive.length, new ByteArrayInputStream(archive, 0, half));
        byte[] rest = Arrays.copyOfRange(archive, half, archive.length);

        assertThatThrownBy(() -> uploads.add(digest, half, archive.length, overtaken(digest, archive, half, rest)))
                .asInstanceOf(type(OffsetException.class))
                .extracting(OffsetException::offset)
                .isEqualTo((long) archive.length);

        assertThat(artifacts.find(digest)).map(StoredArtifact::complete).contains(true);
        assertThat(artifacts.open(digest, 0, archive.length).readAllBytes()).isEqualTo(archive);
    }

    @Test
    void keepsTheCompleteArchiveWhenTheOtherSendsSomethingElse() throws IOException {
        byte[] archive = Archives.simple("concurrent and wrong");
        Digest digest = Api.digest(archive);
        int half = archive.length / 2;
        uploads.add(digest, 0, archive.length, new ByteArrayInputStream(archive, 0, half));
        byte[] wrong = new byte[archive.length - half];

        assertThatThrownBy(() -> uploads.add(digest, half, archive.length, overtaken(digest, archive, half, wrong)))
                .asInstanceOf(type(SlipwayException.class))
                .extracting(SlipwayException::type)
                .isEqualTo(FailureType.DIGEST_MISMATCH);

        assertThat(artifacts.find(digest)).map(StoredArtifact::complete).contains(true);
    }

    /** A body with {@code bytes}, before the first of which somebody else brings the archive to its end. */
    private InputStream overtaken(Digest digest, byte[] archive, int from, byte[] bytes) {
        return new ByteArrayInputStream(bytes) {
            private boolean overtaken;

            @Override
            public byte[] readNBytes(int length) throws IOException {
                if (!overtaken) {
                    overtaken = true;
                    InputStream rest = new ByteArrayInputStream(archive, from, archive.length - from);
                    uploads.add(digest, from, archive.length, rest);
                }
                return super.readNBytes(length);
            }
        };
    }
}
