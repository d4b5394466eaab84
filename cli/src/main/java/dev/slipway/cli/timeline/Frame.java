package dev.slipway.cli.timeline;

import dev.slipway.cli.terminal.Colour;
import dev.slipway.cli.terminal.DisplayWidth;
import dev.slipway.cli.terminal.ScreenSize;
import dev.slipway.cli.terminal.Untrusted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A picture of a deployment for a screen: a line per target where they fit, else the most telling ones and counts. */
final class Frame {
    // Header, reason, counts, the line about Ctrl-C, and the line of the cursor.
    private static final int OTHER_LINES = 5;
    private static final List<String> MOST_TELLING = List.of(
            "failed",
            "retrying",
            "verifying",
            "running",
            "dispatched",
            "queued",
            "pending",
            "canceled",
            "skipped",
            "rolled_back");
    private static final int WIDEST_NAME = 32;
    private static final int STATUS_WIDTH = "rolled back".length();

    /** A piece of a line, and its colour. */
    record Span(String text, Colour colour) {}

    private final Story story;
    private final ScreenSize size;
    private final Instant now;
    private final boolean unicode;

    Frame(Story story, ScreenSize size, Instant now, boolean unicode) {
        this.story = story;
        this.size = size;
        this.now = now;
        this.unicode = unicode;
    }

    /** The lines of the picture while the deployment goes on, none wider than the screen. */
    List<List<Span>> goingOn() {
        List<List<Span>> lines = picture();
        lines.add(List.of(new Span("  Ctrl-C detaches; the deployment continues", Colour.FAINT)));
        return lines.stream().map(this::fitted).toList();
    }

    /** The lines of the last picture, which stays. */
    List<List<Span>> last() {
        return picture().stream().map(this::fitted).toList();
    }

    private List<List<Span>> picture() {
        List<List<Span>> lines = new ArrayList<>();
        lines.add(header());
        lines.add(List.of(new Span("  " + Untrusted.line(why()), Colour.FAINT)));
        if (deployment().chart() != null) {
            lines.add(new Trail(story, now, unicode).spans());
        }
        List<TaskStory> shown = shown();
        int nameWidth = shown.stream()
                .mapToInt(task -> DisplayWidth.of(task.target()))
                .max()
                .orElse(0);
        shown.forEach(task -> lines.add(line(task, Math.min(nameWidth, WIDEST_NAME))));
        if (shown.size() < story.tasks().size()) {
            lines.add(counts(story.tasks().size() - shown.size()));
        }
        return lines;
    }

    private List<Span> header() {
        Look look = Look.of(story.status(), story.waiting(), unicode);
        Deployment deployment = deployment();
        Instant since = story.since();
        Instant until = deployment.endedAt() == null ? now : deployment.endedAt();
        Duration elapsed = since == null || since.isAfter(until) ? Duration.ZERO : Duration.between(since, until);
        return List.of(
                new Span(look.symbol() + " ", look.colour()),
                new Span(Untrusted.line(deployment.title()), Colour.STRONG),
                new Span("   " + Look.word(story.status(), story.waiting()), look.colour()),
                new Span("   " + done() + Elapsed.text(elapsed) + "   " + deployment.id(), Colour.FAINT));
    }

    private Deployment deployment() {
        return story.deployment();
    }

    private String done() {
        int all = story.tasks().size();
        if (all == 0) {
            return "";
        }
        boolean goesBack = story.status().startsWith("roll");
        String reached = goesBack ? "rolled_back" : "succeeded";
        return story.counts().getOrDefault(reached, 0) + " of " + all + (goesBack ? " rolled back   " : " done   ");
    }

    private String why() {
        return story.status().equals("pending") && story.reason().isEmpty()
                ? "waiting for the lock of environment " + deployment().environment()
                : story.reason();
    }

    private List<TaskStory> shown() {
        int room = Math.max(1, size.rows() - OTHER_LINES);
        if (story.tasks().size() <= room + 1) {
            return List.copyOf(story.tasks());
        }
        Set<TaskStory> telling = new HashSet<>(story.tasks().stream()
                .sorted(Comparator.comparingInt(Frame::rank))
                .limit(room)
                .toList());
        return story.tasks().stream().filter(telling::contains).toList();
    }

    private static int rank(TaskStory task) {
        int rank = MOST_TELLING.indexOf(task.status());
        return rank < 0 ? MOST_TELLING.size() : rank;
    }

    private List<Span> line(TaskStory task, int nameWidth) {
        Look look = Look.of(task.status(), false, unicode);
        Duration elapsed = task.elapsed(now);
        String name = DisplayWidth.cut(Untrusted.line(task.target()), nameWidth, ellipsis());
        return List.of(
                new Span("  " + look.symbol() + " ", look.colour()),
                new Span(DisplayWidth.pad(name, nameWidth) + "  ", Colour.NONE),
                new Span(DisplayWidth.pad(Look.word(task.status(), false), STATUS_WIDTH), look.colour()),
                new Span("%7s  ".formatted(elapsed == null ? "" : Elapsed.text(elapsed)), Colour.FAINT),
                new Span(Untrusted.line(task.situation()), task.status().equals("failed") ? Colour.BAD : Colour.NONE));
    }

    private List<Span> counts(int hidden) {
        String all = story.counts().entrySet().stream()
                .map(count -> count.getValue() + " " + Look.word(count.getKey(), false))
                .collect(Collectors.joining(", "));
        return List.of(new Span("  and " + hidden + " more; in all " + all, Colour.FAINT));
    }

    // One column is left free: a full last column makes some terminals wrap.
    private List<Span> fitted(List<Span> line) {
        int room = size.columns() - 1;
        List<Span> fitted = new ArrayList<>();
        for (Span span : line) {
            int width = DisplayWidth.of(span.text());
            if (width > room) {
                fitted.add(new Span(DisplayWidth.cut(span.text(), room, ellipsis()), span.colour()));
                return fitted;
            }
            fitted.add(span);
            room -= width;
        }
        return fitted;
    }

    private String ellipsis() {
        return unicode ? "…" : "...";
    }
}
