package dev.slipway.cli.timeline;

import dev.slipway.cli.terminal.Untrusted;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Writes a line per event, for pipes and CI logs; and a sign of life, because CI systems end what is silent. */
final class PlainView implements FollowView {
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(25);

    private final Consumer<String> lines;
    private final Consumer<String> notes;
    private Instant lastLine = Instant.MIN;

    PlainView(Consumer<String> lines, Consumer<String> notes) {
        this.lines = lines;
        this.notes = notes;
    }

    @Override
    public void begin(Story story, Instant now) {
        Deployment deployment = story.deployment();
        write("deployment " + deployment.id() + ": " + deployment.title(), now);
    }

    @Override
    public void event(Story story, Event event, Instant now) {
        if (event.isEnd()) {
            return;
        }
        Instant at = event.at() == null ? now : event.at();
        String who = event.target() == null ? "deployment" : event.target();
        String attempt = event.attempt() > 1 ? " (attempt " + event.attempt() + ")" : "";
        String said = event.said().isEmpty() ? "" : ": " + event.said();
        String word = Look.word(event.status(), event.waiting());
        write(at.truncatedTo(ChronoUnit.SECONDS) + " " + who + " " + word + attempt + said, now);
    }

    @Override
    public void note(String message) {
        notes.accept(message);
    }

    @Override
    public void tick(Story story, Instant now) {
        if (now.isAfter(lastLine.plus(LONGEST_SILENCE))) {
            write(now.truncatedTo(ChronoUnit.SECONDS) + " deployment " + stillDoing(story), now);
        }
    }

    private static String stillDoing(Story story) {
        String counts = story.counts().entrySet().stream()
                .map(count -> count.getValue() + " " + Look.word(count.getKey(), false))
                .collect(Collectors.joining(", "));
        return "still " + Look.word(story.status(), story.waiting()) + (counts.isEmpty() ? "" : ": " + counts);
    }

    @Override
    public void end(Story story, Instant now) {}

    private void write(String line, Instant now) {
        lines.accept(Untrusted.line(line));
        lastLine = now;
    }
}
