package dev.slipway.acceptance.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an agent wrote down of every change that took effect at one target. */
public final class Ledger {
    private final Path file;
    private final List<Line> lines;

    /** {@code revision} is empty for a removal. */
    public record Line(String deployment, String action, long epoch, int step, String digest, String revision) {
        static Line parse(String text) {
            JsonNode line = JsonMapper.shared().readTree(text);
            String[] fence = line.path("fence").asString().split("\\.", 2);
            return new Line(
                    line.path("deployment").asString(),
                    line.path("action").asString(),
                    Long.parseLong(fence[0]),
                    Integer.parseInt(fence[1]),
                    line.path("digest").asString(""),
                    line.path("revision").asString(""));
        }

        private boolean repeats(Line before) {
            return deployment.equals(before.deployment)
                    && action.equals(before.action)
                    && revision.equals(before.revision);
        }

        private boolean comesAfter(Line before) {
            return epoch > before.epoch || (epoch == before.epoch && step > before.step);
        }
    }

    private Ledger(Path file, List<Line> lines) {
        this.file = file;
        this.lines = lines;
    }

    public static Ledger of(Path agentState, String environment, String target) {
        Path file = agentState
                .resolve("targets")
                .resolve(environment + "." + target)
                .resolve("ledger.jsonl");
        if (!Files.exists(file)) {
            return new Ledger(file, List.of());
        }
        try {
            return new Ledger(
                    file, Files.readAllLines(file).stream().map(Line::parse).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Line> lines() {
        return lines;
    }

    /** The changes that one deployment made. */
    public List<Line> of(String deployment) {
        return lines.stream()
                .filter(line -> line.deployment().equals(deployment))
                .toList();
    }

    /** I2: no deployment did the same twice. I3: no step took effect after a later one. */
    void requireOneEffectPerStep() {
        for (int i = 1; i < lines.size(); i++) {
            Line before = lines.get(i - 1);
            Line line = lines.get(i);
            assertThat(line.repeats(before))
                    .as("I2: line %d of %s repeats the one before: %s", i + 1, file, lines)
                    .isFalse();
            assertThat(line.comesAfter(before))
                    .as("I3: line %d of %s has a lower fence than the one before: %s", i + 1, file, lines)
                    .isTrue();
        }
    }
}
