package dev.slipway.workflows.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every saved history must replay on today's code, and with the same inputs: the SDK's own replay compares the kinds of
 * commands only. A history is never edited; HistoryRecorder makes new ones.
 */
class WorkflowReplayTest {
    private static final Path HISTORIES = Path.of("src/test/resources/histories");
    private static final Path SOURCES = Path.of("src/main/java");
    // A workflow is called like the class that implements it.
    private static final String IMPLEMENTATION = "WorkflowImpl.java";
    private static final long SEED = Long.getLong("slipway.replay.seed", System.nanoTime());

    @TestFactory
    Stream<DynamicTest> replaysWithTheInputsOfThen() {
        return histories()
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    WorkflowExecutionHistory history = read(file);

                    assertThat(Replay.of(history))
                            .isEqualTo(Commands.of(history.getHistory()).sorted());
                }));
    }

    /** Shows that the comparison above sees every input: each is changed in turn, and the kinds of commands stay as they were. */
    @TestFactory
    Stream<DynamicTest> noticesAnyInputThatDiffers() {
        return histories()
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    WorkflowExecutionHistory history = read(file);
                    Commands asked = Replay.of(history);
                    Random random = new Random(SEED);
                    int changed = 0;

                    for (HistoryEvent event : history.getEvents()) {
                        Optional<HistoryEvent> other = Mutation.of(event, random);
                        if (other.isPresent()) {
                            assertThat(Commands.of(with(history, other.get())).sorted())
                                    .as("event %d, changed by -Dslipway.replay.seed=%d", event.getEventId(), SEED)
                                    .isNotEqualTo(asked);
                            changed++;
                        }
                    }
                    assertThat(changed).as("inputs to change").isPositive();
                }));
    }

    /** A timer that outlives its wait is two events that say nothing, and wakes the workflow for nothing. */
    @TestFactory
    Stream<DynamicTest> leavesNoTimerBehind() {
        return histories()
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    Set<Long> running = new TreeSet<>();
                    for (HistoryEvent event : read(file).getEvents()) {
                        switch (event.getEventType()) {
                            case EVENT_TYPE_TIMER_STARTED -> running.add(event.getEventId());
                            case EVENT_TYPE_TIMER_FIRED ->
                                running.remove(
                                        event.getTimerFiredEventAttributes().getStartedEventId());
                            case EVENT_TYPE_TIMER_CANCELED ->
                                running.remove(
                                        event.getTimerCanceledEventAttributes().getStartedEventId());
                            default -> {}
                        }
                    }
                    assertThat(running).isEmpty();
                }));
    }

    @Test
    void hasAHistoryOfEveryWorkflow() throws IOException {
        Set<String> recorded = new TreeSet<>();
        for (Path file : histories().toList()) {
            recorded.add(type(read(file)));
        }

        try (Stream<Path> sources = Files.walk(SOURCES)) {
            assertThat(sources.map(source -> source.getFileName().toString())
                            .filter(source -> source.endsWith(IMPLEMENTATION))
                            .map(source -> source.replace(IMPLEMENTATION, "")))
                    .containsExactlyInAnyOrderElementsOf(recorded);
        }
    }

    private static History with(WorkflowExecutionHistory history, HistoryEvent event) {
        // Ids count from one, without a gap.
        return history.getHistory().toBuilder()
                .setEvents((int) event.getEventId() - 1, event)
                .build();
    }

    private static String type(WorkflowExecutionHistory history) {
        return history.getEvents()
                .getFirst()
                .getWorkflowExecutionStartedEventAttributes()
                .getWorkflowType()
                .getName();
    }

    private static Stream<Path> histories() {
        try (Stream<Path> files = Files.list(HISTORIES)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".json", "");
    }

    private static WorkflowExecutionHistory read(Path file) throws IOException {
        return WorkflowExecutionHistory.fromJson(Files.readString(file));
    }
}
