package dev.slipway.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.failure.InvalidInputException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentIdTest {
    @ParameterizedTest
    @CsvSource({
        "staging, default, staging, staging",
        "default/staging, default, staging, staging",
        "shop/live, shop, live, shop/live"
    })
    void readsANameAloneAndOneOfAProject(String text, String project, String name, String written) {
        EnvironmentId id = EnvironmentId.parse("to", text);

        assertThat(id).isEqualTo(new EnvironmentId(project, name)).hasToString(written);
        assertThat(EnvironmentId.plain(text)).isEqualTo(written);
        assertThat(EnvironmentId.projectOf(written)).isEqualTo(project);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "shop/", "/live", "a/b/c", "Shop/live", "shop/../x"})
    void refusesWhatIsNoName(String text) {
        assertThatThrownBy(() -> EnvironmentId.parse("to", text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("to: ");
    }
}
