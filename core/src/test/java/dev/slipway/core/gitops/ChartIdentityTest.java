package dev.slipway.core.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.failure.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChartIdentityTest {
    @ParameterizedTest
    @ValueSource(strings = {"shop", "shop-web", "a", "4all", "shop.web"})
    void takesNamesThatHelmTakes(String name) {
        assertThat(new ChartIdentity(name, "1.0.0")).hasToString(name + " 1.0.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "...",
                "../shop",
                "shop/web",
                "shop\\web",
                "Shop",
                "-shop",
                "shop-",
                "a..b",
                "a b",
                "a\n",
                "a\0",
                "$(x)"
            })
    void refusesNamesThatAreNoFolder(String name) {
        assertThatThrownBy(() -> new ChartIdentity(name, "1.0.0"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("chart: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0",
                "1.2.3",
                "10.20.30",
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-0.3.7",
                "1.0.0-x.7.z.92",
                "1.0.0-x-y-z.--",
                "1.0.0+20130313144700",
                "1.0.0-beta+exp.sha.5114f85",
                "1.0.0-0A.is.legal",
                "1.0.0+0.build.1-rc.10000aaa-kk-0.1",
            })
    void takesSemanticVersions(String version) {
        assertThat(ChartIdentity.requireVersion("version", version)).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2",
                "v1.2.3",
                "1.2.3.4",
                "01.1.1",
                "1.01.1",
                "1.1.01",
                "1.2.3-",
                "1.2.3-01",
                "1.2.3-a..b",
                "1.2.3+",
                "1.2.3+a+b",
                "1.2.3 ",
                "1.2.3\n",
                "1.2.3/../../x",
                "1.2.3-a/../b",
                "1.2.3-$(x)",
                "1.2.3-ä",
                "..",
                "latest",
                "1.2.1234567890123456789",
            })
    void refusesEverythingElse(String version) {
        assertThatThrownBy(() -> ChartIdentity.requireVersion("version", version))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("version: ");
    }

    @Test
    @Timeout(60)
    void refusesAVersionThatIsTooLongInNoTime() {
        assertThatThrownBy(() -> ChartIdentity.requireVersion("version", "1.0.0-" + "a".repeat(200)))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> ChartIdentity.requireVersion("version", "1.0.0-" + "0-".repeat(60) + "!"))
                .isInstanceOf(InvalidInputException.class);
    }
}
