package dev.slipway.core.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.failure.InvalidInputException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitOpsGroundTest {
    private static final Duration TIMEOUT = GitOpsGround.DEFAULT_TIMEOUT;

    @ParameterizedTest
    @ValueSource(strings = {"shop", "charts/shop", "clusters/eu-1/shop_web.v2"})
    void takesAFolderOfTheRepository(String path) {
        assertThat(ground(path, Map.of(), "kwok", Reconciler.NONE, TIMEOUT).path())
                .isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/etc",
                "charts/",
                "charts//shop",
                "..",
                "charts/../..",
                ".",
                "./shop",
                ".git/hooks",
                "a/.git",
                "-x",
                "a b",
                "a\nb",
                "a\\b",
                "$(x)",
                "a;b",
                "C:/x"
            })
    void refusesAPathThatIsNoFolderOfTheRepository(String path) {
        assertThatThrownBy(() -> ground(path, Map.of(), "kwok", Reconciler.NONE, TIMEOUT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("path: ");
    }

    @Test
    void refusesMoreValuesThanOneMessageToTemporalMayHold() {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < 5; i++) {
            values.put("v" + i, "x".repeat(4_000));
        }

        assertThatThrownBy(() -> ground("shop", values, "kwok", Reconciler.NONE, TIMEOUT))
                .hasMessageStartingWith("values: are longer than 16,384 characters in all");
    }

    @Test
    void refusesAPathThatNobodyCouldMean() {
        assertThatThrownBy(() -> ground("a/".repeat(300) + "a", Map.of(), "kwok", Reconciler.NONE, TIMEOUT))
                .hasMessage("path: is longer than 512 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tag", "image.tag", "a.b.c", "with-dash.with_line.9"})
    void takesPathsIntoTheValues(String path) {
        assertThat(ground("shop", Map.of(path, "${version}"), "kwok", Reconciler.NONE, TIMEOUT)
                        .values())
                .containsEntry(path, "${version}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "a[0]", "a/b", "a b", "a\n", "*"})
    void refusesOtherPathsIntoTheValues(String path) {
        assertThatThrownBy(() -> ground("shop", Map.of(path, "x"), "kwok", Reconciler.NONE, TIMEOUT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("values: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\0b", "a\rb"})
    void refusesAValueOfSeveralLines(String value) {
        assertThatThrownBy(() -> ground("shop", Map.of("image.tag", value), "kwok", Reconciler.NONE, TIMEOUT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("values.image.tag: ");
    }

    @Test
    void refusesAValueWithinAnother() {
        assertThatThrownBy(
                        () -> ground("shop", Map.of("image", "x", "image.tag", "y"), "kwok", Reconciler.NONE, TIMEOUT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("values.image.tag: ");
        assertThat(ground("shop", Map.of("image", "x", "imageTag", "y"), "kwok", Reconciler.NONE, TIMEOUT)
                        .values())
                .hasSize(2);
    }

    @Test
    void keepsTheOrderOfTheValues() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("z", "1");
        values.put("a", "2");
        GitOpsGround ground = ground("shop", values, "kwok", Reconciler.NONE, TIMEOUT);
        values.clear();

        assertThat(ground.values().keySet()).containsExactly("z", "a");
    }

    @Test
    void needsAClusterUnlessNobodyWatches() {
        assertThat(ground("shop", Map.of(), null, Reconciler.NONE, TIMEOUT).cluster())
                .isNull();
        assertThatThrownBy(() -> ground("shop", Map.of(), null, Reconciler.HELM, TIMEOUT))
                .hasMessageStartingWith("cluster: is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.5S", "-PT1M", "PT24H1S"})
    void refusesATimeoutThatIsNone(Duration timeout) {
        assertThatThrownBy(() -> ground("shop", Map.of(), "kwok", Reconciler.NONE, timeout))
                .hasMessage("timeout: must be from 1s to 24h");
    }

    private static GitOpsGround ground(
            String path,
            Map<String, String> values,
            @Nullable String cluster,
            Reconciler reconciler,
            Duration timeout) {
        return new GitOpsGround(
                new BranchPattern("main"),
                "iac",
                path,
                values,
                cluster,
                reconciler,
                "shop",
                "shop",
                timeout,
                false,
                OnFailure.STOP);
    }
}
