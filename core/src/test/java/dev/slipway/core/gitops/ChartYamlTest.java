package dev.slipway.core.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChartYamlTest {
    private static final Map<String, String> SOUND = Map.of("apiVersion", "v2", "name", "shop", "version", "1.2.3");

    @Test
    void tellsNameAndVersion() {
        assertThat(ChartYaml.identity("shop", SOUND)).isEqualTo(new ChartIdentity("shop", "1.2.3"));
        assertThat(ChartYaml.identity("shop", with("type", "application")).name())
                .isEqualTo("shop");
        assertThat(ChartYaml.identity("shop", with("apiVersion", "v1")).name()).isEqualTo("shop");
        assertThat(ChartYaml.identity("shop", with("dependencies", List.of())).name())
                .isEqualTo("shop");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("apiVersion", "v3", "unknown apiVersion \"v3\": expected v1 or v2"),
                Arguments.of("apiVersion", List.of("v2"), "apiVersion must be a single value"),
                Arguments.of("name", "..", "invalid chart name \"..\""),
                Arguments.of("name", "web", "name is \"web\", but the folder in the archive is \"shop\""),
                Arguments.of("name", Map.of(), "name must be a single value"),
                Arguments.of("version", "1.0.0/../../x", "invalid chart version"),
                Arguments.of("version", "1.0", "invalid chart version"),
                Arguments.of("type", "library", "a library chart cannot be deployed"),
                Arguments.of("type", "other", "unknown type \"other\""));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void saysWhatIsWrong(String field, Object value, String problem) {
        assertThatThrownBy(() -> ChartYaml.identity("shop", with(field, value)))
                .isInstanceOfSatisfying(
                        SlipwayException.class, e -> assertThat(e.type()).isEqualTo(FailureType.INVALID_CHART))
                .hasMessageStartingWith("Chart.yaml: ")
                .hasMessageContaining(problem);
    }

    @Test
    void saysWhatIsMissing() {
        for (String field : SOUND.keySet()) {
            Map<String, Object> fields = with("type", "application");
            fields.remove(field);

            assertThatThrownBy(() -> ChartYaml.identity("shop", fields))
                    .hasMessage("Chart.yaml: " + field + " is missing");
        }
    }

    private static Map<String, Object> with(String field, Object value) {
        Map<String, Object> fields = new HashMap<>(SOUND);
        fields.put(field, value);
        return fields;
    }
}
