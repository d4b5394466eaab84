package dev.slipway.workflows.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.fleet.Revision;
import dev.slipway.workflows.Payloads;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TouchedTest {
    // Temporal refuses a payload of more than 2 MB.
    private static final int HALF_OF_A_PAYLOAD = 1_000_000;

    private final Touched touched = new Touched();

    @Test
    void carriesTenThousandTargetsEachOfARevisionOfItsOwn() {
        IntStream.range(0, 10_000).forEach(i -> touched.add(i, Optional.of(revision("v1", "%064x".formatted(i)))));

        String json = Payloads.json().writeValueAsString(touched.groups());

        assertThat(json).hasSizeLessThan(HALF_OF_A_PAYLOAD);
    }

    @Test
    void knowsWhatRanBeforeAfterItWasCarriedOver() {
        touched.add(0, Optional.of(revision("v1", "a")));
        touched.add(1, Optional.of(new Revision(Rig.digest("v1"), "v1", null)));
        touched.add(2, Optional.empty());
        touched.add(3, Optional.of(revision("v2", "b")));

        Touched carried = Touched.of(touched.groups());

        assertThat(carried.last(10)).containsExactly(3, 2, 1, 0);
        assertThat(IntStream.range(0, 4).mapToObj(carried::previousOf))
                .containsExactlyElementsOf(
                        IntStream.range(0, 4).mapToObj(touched::previousOf).toList());
    }

    private static Revision revision(String version, String id) {
        return new Revision(Rig.digest(version), version, id);
    }
}
