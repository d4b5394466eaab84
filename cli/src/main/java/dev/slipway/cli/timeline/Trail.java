package dev.slipway.cli.timeline;

import dev.slipway.cli.terminal.Colour;
import dev.slipway.core.gitops.GitOpsStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The way of a GitOps deployment on one line: what is behind it, where it stands, what is to come. */
final class Trail {
    private static final String TURNING = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
    private static final String TURNING_PLAINLY = "|/-\\";
    private static final long MILLIS_PER_TURN = 200;

    private final Story story;
    private final Instant now;
    private final boolean unicode;

    Trail(Story story, Instant now, boolean unicode) {
        this.story = story;
        this.now = now;
        this.unicode = unicode;
    }

    List<Frame.Span> spans() {
        List<Frame.Span> spans = new ArrayList<>();
        boolean ended = isTerminal(story.status());
        for (GitOpsStatus step : GitOpsStatus.values()) {
            if (step.isTerminal()) {
                break;
            }
            if (!ended || story.hasPassed(step.wireName())) {
                add(spans, span(step.wireName()));
            }
        }
        Look last = Look.of(story.status(), story.waiting(), unicode);
        add(
                spans,
                ended
                        ? new Frame.Span(last.symbol() + " " + story.status(), last.colour())
                        : span(GitOpsStatus.DEPLOYED.wireName()));
        return spans;
    }

    private static boolean isTerminal(String status) {
        return Arrays.stream(GitOpsStatus.values())
                .anyMatch(known -> known.isTerminal() && known.wireName().equals(status));
    }

    private void add(List<Frame.Span> spans, Frame.Span span) {
        spans.add(new Frame.Span(spans.isEmpty() ? "  " : unicode ? " → " : " > ", Colour.FAINT));
        spans.add(span);
    }

    private Frame.Span span(String step) {
        if (story.status().equals(step)) {
            return new Frame.Span(turning() + " " + step, Colour.ACTIVE);
        }
        return story.hasPassed(step)
                ? new Frame.Span((unicode ? "✔ " : "+ ") + step, Colour.GOOD)
                : new Frame.Span((unicode ? "○ " : ". ") + step, Colour.FAINT);
    }

    private char turning() {
        String frames = unicode ? TURNING : TURNING_PLAINLY;
        return frames.charAt((int) Math.floorMod(now.toEpochMilli() / MILLIS_PER_TURN, (long) frames.length()));
    }
}
