package dev.slipway.activities.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.core.failure.InvalidInputException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
    private static final String DIGEST = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @CsvSource({
        "nginx, docker.io, library/nginx, latest",
        "shop/web:1.4, docker.io, shop/web, 1.4",
        "docker.io/nginx, docker.io, library/nginx, latest",
        "registry.example/shop/web:v1, registry.example, shop/web, v1",
        "localhost/web, localhost, web, latest",
        "localhost:5000/web, localhost:5000, web, latest",
        "127.0.0.1:5000/a/b/c:x, 127.0.0.1:5000, a/b/c, x",
        "web@" + DIGEST + ", docker.io, library/web, " + DIGEST,
        "registry.example/web:v1@" + DIGEST + ", registry.example, web, " + DIGEST
    })
    void readsWhatDockerReads(String text, String registry, String path, String version) {
        assertThat(ImageReference.parse(text)).isEqualTo(new ImageReference(registry, path, version));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Web",
                "web:",
                "web:-x",
                "/web",
                "registry.example/",
                "web@sha256:12",
                "-v/web",
                "registry.example/../etc/passwd",
                "registry.example/web?x=y",
                "https://registry.example/web",
                "user:password@registry.example/web",
                "registry.example:99999999/web",
                "web\nHost: evil"
            })
    void refusesWhatIsNoReference(String text) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> ImageReference.parse(text))
                .satisfies(e -> assertThat(e.field()).isEqualTo("image"));
    }
}
