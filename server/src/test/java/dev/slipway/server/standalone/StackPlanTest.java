package dev.slipway.server.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackPlanTest {
    @TempDir
    Path folder;

    @Test
    void runsEverythingItselfWhereNothingIsGiven() throws IOException {
        StackPlan plan = plan(Map.of("SLIPWAY_TEMPORAL_ADDRESS", " ", "SLIPWAY_DATABASE_URL", ""));

        assertThat(parts(plan)).containsExactly(Part.POSTGRES, Part.TEMPORAL);
        assertThat(plan.stack().temporalAddress()).startsWith("127.0.0.1:");
    }

    @Test
    void takesTheTemporalThatIsGivenBeforeAnyOfItsOwn() throws IOException {
        StackPlan plan = plan(Map.of("SLIPWAY_TEMPORAL_ADDRESS", "temporal.internal:7233"));

        assertThat(parts(plan)).doesNotContain(Part.TEMPORAL);
        assertThat(plan.stack().temporalAddress()).isEqualTo("temporal.internal:7233");
        assertThat(plan.server().settings()).containsEntry("slipway.temporal.address", "temporal.internal:7233");
    }

    @Test
    void takesTheDatabaseThatIsGivenBeforeOneOfItsOwn() throws IOException {
        StackPlan plan = plan(Map.of("SLIPWAY_DATABASE_URL", "postgres://user:word@database.internal/slipway"));

        assertThat(parts(plan)).doesNotContain(Part.POSTGRES);
        assertThat(plan.server().settings()).doesNotContainKey("spring.datasource.url");
    }

    private StackPlan plan(Map<String, String> given) throws IOException {
        DataDirectory data = DataDirectory.open(folder.resolve("data"));
        data.makeSecrets();
        Map<String, String> environment = new HashMap<>(given);
        environment.put("SLIPWAY_CACHE", folder.resolve("cache").toString());
        return StackPlan.make(data, 0, environment, _ -> {});
    }

    private static List<Part> parts(StackPlan plan) {
        return plan.programs().stream().map(ManagedProcess::part).toList();
    }
}
