package dev.slipway.core.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.core.failure.InvalidInputException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StackSearchTest {
    private static final Path HOME = Path.of("/home/ann");

    private final Map<String, String> environment = new HashMap<>();
    private final Map<Path, Object> files = new HashMap<>();
    private final StackSearch search =
            new StackSearch(environment, Path.of("/work/shop/web"), HOME, file -> Optional.ofNullable(files.get(file)));

    @Test
    void takesWhatIsNamedBeforeTheEnvironmentBeforeTheProjectBeforeTheUsersOwn() {
        assertThat(search.dataDirectory(null)).isEqualTo(HOME.resolve(".slipway"));

        files.put(Path.of("/work/slipway.yaml"), Map.of("data", "./stack"));
        assertThat(search.dataDirectory(null)).isEqualTo(Path.of("/work/stack"));

        environment.put("SLIPWAY_DATA", "../env");
        assertThat(search.dataDirectory(null)).isEqualTo(Path.of("/work/shop/env"));

        assertThat(search.dataDirectory(Path.of("named"))).isEqualTo(Path.of("/work/shop/web/named"));
    }

    @Test
    void takesAnEmptyVariableForNone() {
        environment.put("SLIPWAY_DATA", " ");

        assertThat(search.dataDirectory(null)).isEqualTo(HOME.resolve(".slipway"));
    }

    @Test
    void takesTheNearestFileThatIsNoManifest() {
        files.put(Path.of("/work/shop/web/slipway.yaml"), Map.of("kind", "Environment", "name", "staging"));
        files.put(Path.of("/work/shop/slipway.yaml"), Map.of("url", "https://slipway.example.org"));
        files.put(Path.of("/work/slipway.yaml"), Map.of("data", "stack"));

        assertThat(search.project().orElseThrow().url()).isEqualTo("https://slipway.example.org");
        assertThat(search.dataDirectory(null)).isEqualTo(HOME.resolve(".slipway"));
    }

    @Test
    void refusesATokenAndWhatItDoesNotKnow() {
        assertRefuses(Map.of("url", "http://a", "token", "x"), "token: does not belong in a project's file");
        assertRefuses(Map.of("urll", "http://a"), "urll: unknown setting; expected one of url, data, project");
        assertRefuses("just a text", "contains no settings");
    }

    private void assertRefuses(Object content, String why) {
        files.put(Path.of("/work/slipway.yaml"), content);

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(search::project)
                .withMessageContainingAll("/work/slipway.yaml: ", why);
    }
}
