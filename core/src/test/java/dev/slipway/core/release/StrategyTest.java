package dev.slipway.core.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.failure.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrategyTest {
    @ParameterizedTest
    @CsvSource({"1,10,1", "3,10,3", "25%,10,2", "1%,10,1", "100%,10,10", "50%,3,1"})
    void takesACountOrAShareRoundedDownAndNeverNone(String batch, int targets, int size) {
        assertThat(BatchSize.parse(batch).of(targets)).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "101%", "0%", "a", "", "1.5", "1 %", "99999999999"})
    void refusesWhatIsNoBatchSize(String batch) {
        assertThatThrownBy(() -> BatchSize.parse(batch))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("batch: ");
    }

    @Test
    void coversEveryTargetOnceBatchAfterBatch() {
        assertThat(batches(new Strategy.Rolling(BatchSize.parse("3")), 8)).containsExactly(3, 6, 8);
    }

    @Test
    void takesAllAtOnceUpToABoundThatKeepsHistoriesShort() {
        assertThat(batches(Strategy.AllAtOnce.DEFAULT, 250)).containsExactly(100, 200, 250);
        assertThat(batches(Strategy.AllAtOnce.TEN, 25)).containsExactly(10, 20, 25);
    }

    private static List<Integer> batches(Strategy strategy, int targets) {
        List<Integer> ends = new ArrayList<>();
        for (int next = 0; next < targets; next = ends.getLast()) {
            ends.add(strategy.batchEnd(next, targets));
        }
        return ends;
    }
}
