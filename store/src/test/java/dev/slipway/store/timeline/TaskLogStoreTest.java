package dev.slipway.store.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.fleet.Concurrency;
import dev.slipway.store.Samples;
import dev.slipway.store.StoreTest;
import dev.slipway.store.TestDatabase;
import dev.slipway.store.deployment.Acceptance;
import dev.slipway.store.fleet.EnvironmentStore;
import dev.slipway.store.release.NewDeployments;
import dev.slipway.store.release.ReleaseStore;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@StoreTest
class TaskLogStoreTest {
    private static int number;

    @Autowired
    private TaskLogStore logs;

    @Autowired
    private Acceptance acceptance;

    @Autowired
    private NewDeployments newDeployments;

    @Autowired
    private EnvironmentStore environments;

    @Autowired
    private ReleaseStore releases;

    private DeploymentId id = new DeploymentId("none");

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        TestDatabase.provide(registry);
    }

    @BeforeEach
    void accept() {
        environments.apply(List.of(Samples.environment("web", Concurrency.QUEUE, 2)));
        releases.create(Samples.release("web@v1", 1));
        id = new DeploymentId("logs" + ++number);
        Samples.accept(acceptance, newDeployments, null, Samples.deployment(id.value(), "web", "web@v1"));
    }

    @Test
    void passesOverLinesThatAreAlreadyThere() {
        logs.append(id, "web-1", "agent-a", lines(1, 3));
        logs.append(id, "web-1", "agent-a", lines(2, 4));
        logs.append(id, "web-1", "agent-b", lines(1, 1));
        logs.append(id, "web-2", "agent-a", lines(1, 1));

        assertThat(logs.read(id, null, 0, 100))
                .extracting(StoredLine::sequence)
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(logs.read(id, "web-1", 3, 100)).extracting(StoredLine::text).containsExactly("line 4", "line 1");
    }

    @Test
    void keepsABoundedNumberOfLinesAndSaysSoOnce() {
        IntStream.range(0, 11).forEach(i -> logs.append(id, "web-1", "agent", lines(1 + i * 999, 999 + i * 999)));
        logs.append(id, "web-1", "agent", lines(20_000, 20_001));
        logs.append(id, "web-2", "agent", lines(1, 1));

        List<StoredLine> kept = logs.read(id, "web-1", 0, 20_000);
        assertThat(kept).hasSize(TaskLogStore.LINES + 1);
        assertThat(kept.getLast().text()).contains("the limit is 10000 lines");
        assertThat(logs.read(id, "web-2", 0, 10)).hasSize(1);
    }

    @Test
    void refusesATargetThatTheDeploymentDoesNotHave() {
        assertThatThrownBy(() -> logs.append(id, "web-9", "agent", lines(1, 1))).hasMessageContaining("\"web-9\"");
    }

    private static List<LogLine> lines(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(i -> new LogLine(i, Instant.EPOCH, "stdout", "line " + i))
                .toList();
    }
}
