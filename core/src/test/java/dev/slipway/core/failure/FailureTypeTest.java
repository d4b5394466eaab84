package dev.slipway.core.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureTypeTest {
    @ParameterizedTest
    @EnumSource(FailureType.class)
    void isFoundByItsWireName(FailureType type) {
        assertThat(FailureType.ofWireName(type.wireName())).contains(type);
    }

    @Test
    void namesAProblemInKebabCase() {
        assertThat(FailureType.NO_ROLLBACK_TARGET.problemName()).isEqualTo("no-rollback-target");
    }

    @Test
    void doesNotKnowForeignFailures() {
        assertThat(FailureType.ofWireName("java.lang.NullPointerException")).isEmpty();
    }
}
