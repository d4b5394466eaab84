package dev.slipway.cli.timeline;

import dev.slipway.cli.terminal.DisplayWidth;
import dev.slipway.cli.terminal.ScreenSize;
import dev.slipway.cli.terminal.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Draws on a screen, in place: each frame over the one before. */
final class LiveView implements FollowView {
    private static final Duration BETWEEN_FRAMES = Duration.ofMillis(200);
    private static final Duration BETWEEN_SIZES = Duration.ofMillis(600);
    // Line by line: a screen that is erased as a whole flickers, and some terminals keep it in their scrollback.
    private static final String ERASE_REST_OF_LINE = "\033[K";
    private static final String ERASE_BELOW = "\033[J";
    // Without line wrap, a frame that is wider than a screen that just shrank stays one row per line.
    private static final String WRAP_OFF = "\033[?7l";
    private static final String WRAP_ON = "\033[?7h";

    private final Terminal terminal;
    private List<Integer> drawnWidths = List.of();
    private ScreenSize size;
    private Instant measured = Instant.MIN;
    private Instant drawn = Instant.MIN;

    LiveView(Terminal terminal) {
        this.terminal = terminal;
        this.size = terminal.size();
    }

    @Override
    public void begin(Story story, Instant now) {
        draw(story, now, false);
    }

    @Override
    public void event(Story story, Event event, Instant now) {
        tick(story, now);
    }

    @Override
    public void note(String message) {
        terminal.draw(up() + ERASE_BELOW);
        drawnWidths = List.of();
        terminal.note(message);
    }

    @Override
    public void tick(Story story, Instant now) {
        if (now.isAfter(drawn.plus(BETWEEN_FRAMES))) {
            draw(story, now, false);
        }
    }

    @Override
    public void end(Story story, Instant now) {
        draw(story, now, true);
        drawnWidths = List.of();
    }

    private void draw(Story story, Instant now, boolean last) {
        measureAgain(now);
        Frame frame = new Frame(story, size, now, terminal.isUnicode());
        List<List<Frame.Span>> lines = last ? frame.last() : frame.goingOn();
        StringBuilder text = new StringBuilder(WRAP_OFF).append(up());
        for (List<Frame.Span> line : lines) {
            line.forEach(span -> text.append(terminal.painted(span.colour(), span.text())));
            text.append(ERASE_REST_OF_LINE).append('\n');
        }
        terminal.draw(text.append(ERASE_BELOW).append(WRAP_ON).toString());
        drawnWidths = lines.stream().map(LiveView::width).toList();
        drawn = now;
    }

    private void measureAgain(Instant now) {
        if (now.isAfter(measured.plus(BETWEEN_SIZES))) {
            size = terminal.size();
            measured = now;
        }
    }

    /** Back to the first line of the frame, which has more rows than lines once the screen became narrower. */
    private String up() {
        int rows = drawnWidths.stream()
                .mapToInt(width -> Math.max(1, Math.ceilDiv(width, size.columns())))
                .sum();
        int reachable = Math.min(rows, size.rows() - 1);
        return reachable == 0 ? "\r" : "\r\033[" + reachable + "A";
    }

    private static int width(List<Frame.Span> line) {
        return line.stream().mapToInt(span -> DisplayWidth.of(span.text())).sum();
    }
}
