package dev.slipway.store.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.release.Release;
import dev.slipway.core.release.ReleaseReference;
import dev.slipway.store.Samples;
import dev.slipway.store.StoreTest;
import dev.slipway.store.TestDatabase;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@StoreTest
class ReleaseStoreTest {
    @Autowired
    private ReleaseStore releases;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        TestDatabase.provide(registry);
    }

    @Test
    void makesAReleaseOnceAndKeepsEveryPartOfIt() {
        Release release = Samples.release("once@v1", 1);

        ReleaseStore.Made first = releases.create(release);
        ReleaseStore.Made second = releases.create(release);

        assertThat(first.fresh()).isTrue();
        assertThat(second.fresh()).isFalse();
        assertThat(second.release()).isEqualTo(first.release());
        assertThat(releases.find(ReleaseReference.parse("once@v1"))
                        .orElseThrow()
                        .release())
                .isEqualTo(release);
    }

    @Test
    void refusesOtherContentUnderTheSameVersion() {
        releases.create(Samples.release("fixed@v1", 1));

        assertThatThrownBy(() -> releases.create(Samples.release("fixed@v1", 2)))
                .hasMessageContaining("fixed@v1 exists with other content");
        assertThat(releases.find(ReleaseReference.parse("fixed@v1"))
                        .orElseThrow()
                        .release())
                .isEqualTo(Samples.release("fixed@v1", 1));
    }

    @Test
    void listsTheVersionsOfAReleaseTheNewestFirst() {
        releases.create(Samples.release("many@v1", 1));
        releases.create(Samples.release("many@v2", 2));
        releases.create(Samples.release("many@v3", 3));

        assertThat(versions("many", null, 2)).containsExactly("v3", "v2");
        assertThat(versions("many", "many@v2", 5)).containsExactly("v1");
        assertThat(versions("many", "many@v1", 5)).isEmpty();
    }

    @Test
    void goesOnWhereAPageEndedThoughAReleaseWasMadeMeanwhile() {
        releases.create(Samples.release("page@v1", 1));
        releases.create(Samples.release("page@v2", 2));
        assertThat(versions("page", null, 1)).containsExactly("v2");

        releases.create(Samples.release("page@v3", 3));

        assertThat(versions("page", "page@v2", 1)).containsExactly("v1");
        assertThat(releases.list("default", null, ReleaseReference.parse("page@v2"), 1))
                .extracting(stored -> stored.release().reference().toString())
                .containsExactly("page@v1");
    }

    private List<String> versions(String name, @Nullable String last, int limit) {
        return releases.list("default", name, last == null ? null : ReleaseReference.parse(last), limit).stream()
                .map(stored -> stored.release().reference().version())
                .toList();
    }
}
