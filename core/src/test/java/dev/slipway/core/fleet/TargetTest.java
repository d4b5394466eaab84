package dev.slipway.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.health.HealthCheck;
import dev.slipway.core.input.Durations;
import dev.slipway.core.project.Environment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    @ParameterizedTest
    @CsvSource({"/srv/web-1,/srv/web-1", "/a,/a", "/srv/web/,/srv/web", "//srv//web,/srv/web"})
    void takesAnAbsoluteDirectoryInOneSpelling(String directory, String taken) {
        assertThat(new TargetRuntime.ProcessRuntime(directory, List.of("./start")).directory())
                .isEqualTo(taken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "web", "../web", "/srv/../etc", "/srv/./web", "/srv/web\n", ""})
    void refusesADirectoryThatIsNotPlainAndAbsolute(String directory) {
        assertThatThrownBy(() -> new TargetRuntime.ProcessRuntime(directory, List.of("./start")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("directory: ");
    }

    @ParameterizedTest
    @CsvSource({"LD_PRELOAD,/x.so", "LD_LIBRARY_PATH,/x", "DYLD_INSERT_LIBRARIES,/x", "A B,c", "1A,b", "'',b"})
    void refusesVariablesThatAreUnsafe(String name, String value) {
        assertThatThrownBy(() -> target("web-1", Map.of(name, value)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("environment.");
    }

    @Test
    void refusesAVariableOfMoreThanOneLine() {
        assertThatThrownBy(() -> target("web-1", Map.of("A", "b\nLD_PRELOAD=/x.so")))
                .hasMessage("environment.A: must be one line without NUL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Web", "-web", "web-", "web_1", "", "../web", "web 1", "$(id)"})
    void refusesWhatIsNoName(String name) {
        assertThatThrownBy(() -> target(name, Map.of())).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void refusesTwoTargetsOfOneNameOrOnePlace() {
        assertThatThrownBy(() -> environment(target("web-1", Map.of()), target("web-1", Map.of())))
                .hasMessage("targets[1].name: \"web-1\" is declared twice");
        assertThatThrownBy(() -> environment(target("web-1", Map.of()), target("web-2", Map.of())))
                .hasMessageContaining("shares directory /srv/web on node local");
        assertThatThrownBy(() -> environment(target("web-1", Map.of()), target("web-2", "/srv/web/", Map.of())))
                .hasMessageContaining("shares directory /srv/web on node local");
    }

    @Test
    void fillsPlaceholdersOnceAndLeavesTheRestAlone() {
        Digest digest = new Digest("sha256:" + "a".repeat(64));
        Placeholders placeholders = new Placeholders("${target}", digest, "web-1");

        assertThat(placeholders.fill("${version} ${target} ${HOME} $(id) #{1+1} ${digest}"))
                .isEqualTo("${target} web-1 ${HOME} $(id) #{1+1} " + digest);
    }

    @ParameterizedTest
    @CsvSource({"8201:8080,127.0.0.1:8201:8080", "0.0.0.0:80:80,0.0.0.0:80:80"})
    void publishesOnLoopbackUnlessToldOtherwise(String text, String mapping) {
        assertThat(PortMapping.parse("ports[0]", text)).hasToString(mapping);
    }

    @ParameterizedTest
    @ValueSource(strings = {"80", "0:80", "70000:80", "300.0.0.1:80:80", "a:b", "80:80/udp", "-1:80"})
    void refusesWhatIsNoPort(String text) {
        assertThatThrownBy(() -> PortMapping.parse("targets[0].ports[0]", text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("targets[0].ports[0]: ");
    }

    @ParameterizedTest
    @CsvSource({"250ms,250", "2s,2000", "10m,600000", "1h,3600000", "0s,0"})
    void readsDurationsAndWritesThemBack(String text, long millis) {
        Duration duration = Durations.parse("timeout", text);

        assertThat(duration.toMillis()).isEqualTo(millis);
        assertThat(Durations.format(duration)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-1s", "1.5s", "1d", "1 s", "99999999999s"})
    void refusesWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> Durations.parse("health.timeout", text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("health.timeout: ");
    }

    private static Environment environment(Target... targets) {
        return new Environment("staging", Concurrency.QUEUE, List.of(targets));
    }

    private static Target target(String name, Map<String, String> environment) {
        return target(name, "/srv/web", environment);
    }

    private static Target target(String name, String directory, Map<String, String> environment) {
        return new Target(
                name,
                "local",
                "web",
                new TargetRuntime.ProcessRuntime(directory, List.of("./start")),
                environment,
                HealthCheck.RUNNING,
                Target.DEFAULT_TIMEOUT);
    }
}
