package dev.slipway.store.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.fleet.Concurrency;
import dev.slipway.core.project.Environment;
import dev.slipway.store.Samples;
import dev.slipway.store.StoreTest;
import dev.slipway.store.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@StoreTest
class EnvironmentStoreTest {
    @Autowired
    private EnvironmentStore environments;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        TestDatabase.provide(registry);
    }

    @Test
    void keepsEveryPartOfAnEnvironmentAndTheOrderOfItsTargets() {
        Environment environment = new Environment(
                "whole",
                Concurrency.SUPERSEDE,
                List.of(Samples.process("z"), Samples.docker("a"), Samples.process("m")));

        environments.apply(List.of(environment));

        assertThat(environments.find("whole")).contains(environment);
    }

    @Test
    void saysWhatApplyingCameTo() {
        Environment first = Samples.environment("told", Concurrency.QUEUE, 2);
        Environment smaller = Samples.environment("told", Concurrency.QUEUE, 1);

        assertThat(environments.apply(List.of(first))).containsExactly(Applied.CREATED);
        assertThat(environments.apply(List.of(first))).containsExactly(Applied.UNCHANGED);
        assertThat(environments.apply(List.of(smaller))).containsExactly(Applied.CHANGED);
        assertThat(environments.find("told")).contains(smaller);
    }

    @Test
    void refusesAPlaceThatAnotherEnvironmentHoldsAndAppliesNothing() {
        environments.apply(List.of(new Environment("holder", Concurrency.QUEUE, List.of(Samples.process("shared")))));
        Environment fine = Samples.environment("fine", Concurrency.QUEUE, 1);
        Environment taker =
                new Environment("taker", Concurrency.QUEUE, List.of(Samples.process("own"), Samples.process("shared")));

        assertThatThrownBy(() -> environments.apply(List.of(fine, taker)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("targets[1]")
                .hasMessageContaining("/srv/shared")
                .hasMessageContaining("Environment taker")
                .hasMessageContaining("\"holder\"");
        assertThat(environments.names()).contains("holder").doesNotContain("fine", "taker");
    }

    @Test
    void letsEnvironmentsExchangeTheirTargets() {
        environments.apply(List.of(
                new Environment("left", Concurrency.QUEUE, List.of(Samples.process("one"))),
                new Environment("right", Concurrency.QUEUE, List.of(Samples.process("two")))));

        List<Applied> results = environments.apply(List.of(
                new Environment("left", Concurrency.QUEUE, List.of(Samples.process("two"))),
                new Environment("right", Concurrency.QUEUE, List.of(Samples.process("one")))));

        assertThat(results).containsExactly(Applied.CHANGED, Applied.CHANGED);
        assertThat(environments.targets("left")).containsExactly(new DeclaredTarget("left", Samples.process("two")));
    }
}
