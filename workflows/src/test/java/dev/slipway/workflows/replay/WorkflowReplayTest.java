package dev.slipway.workflows.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every saved history must replay on today's code, and with the same inputs: the SDK's own replay compares the kinds of
 * commands only. A history is never edited; HistoryRecorder makes new ones.
 */
class WorkflowReplayTest {
    private static final Path HISTORIES = Path.of("src/test/resources/histories");

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
        long seed = new Random().nextLong();
        return histories()
                .map(file -> DynamicTest.dynamicTest(name(file) + ", seed " + seed, () -> {
                    WorkflowExecutionHistory history = read(file);
                    Commands asked = Replay.of(history);
                    Random random = new Random(seed);
                    int[] scheduled = IntStream.range(0, history.getHistory().getEventsCount())
                            .filter(i -> history.getHistory().getEvents(i).hasActivityTaskScheduledEventAttributes())
                            .toArray();

                    for (int event : scheduled) {
                        History mutated = mutate(history.getHistory(), event, random);

                        assertThat(asked).isNotEqualTo(Commands.of(mutated).sorted());
                    }
                }));
    }

    private static History mutate(History history, int index, Random random) {
        HistoryEvent.Builder event = history.getEvents(index).toBuilder();
        Payloads input = event.getActivityTaskScheduledEventAttributes().getInput();
        Payload payload = Mutation.of(input.getPayloads(0), random);
        event.getActivityTaskScheduledEventAttributesBuilder()
                .setInput(input.toBuilder().setPayloads(0, payload));
        return history.toBuilder().setEvents(index, event).build();
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
