package dev.slipway.cli.terminal;

import dev.slipway.core.secret.Mask;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a run writes: results to standard output, messages to standard error. Colour and live drawing are used on a
 * screen only, and not where the user has asked for none.
 */
public final class Terminal {
    private final Streams streams;
    private final boolean quiet;
    private final boolean colour;
    private final boolean live;
    private final boolean liveBeside;
    private final boolean unicode;
    private boolean closed;
    private @Nullable Mask mask;

    public Terminal(Streams streams, Map<String, String> environment, boolean noColour, boolean quiet) {
        this.streams = streams;
        this.quiet = quiet;
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean inCi = isSet(environment, "CI") && !"false".equals(environment.get("CI"));
        colour = !noColour && !dumb && !isSet(environment, "NO_COLOR");
        boolean mayRedraw = !dumb && !inCi && !quiet;
        live = mayRedraw && streams.outIsScreen();
        liveBeside = mayRedraw && streams.errIsScreen();
        unicode = speaksUnicode(environment);
    }

    private static boolean isSet(Map<String, String> environment, String name) {
        return !environment.getOrDefault(name, "").isEmpty();
    }

    private static boolean speaksUnicode(Map<String, String> environment) {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return value.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
            }
        }
        return false;
    }

    /** A line of the result, which {@code --quiet} does not silence. */
    public synchronized void print(String line) {
        write(streams.out(), line + "\n");
    }

    /** A line that accompanies the result, on standard output. */
    public synchronized void tell(String line) {
        if (!quiet) {
            print(line);
        }
    }

    /** A message, on standard error. */
    public synchronized void note(String line) {
        if (!quiet) {
            complain(line);
        }
    }

    /** An error or a warning, which {@code --quiet} does not silence. */
    public synchronized void complain(String line) {
        write(streams.err(), line + "\n");
    }

    /** Raw text for the screen: a frame of a live view. */
    public synchronized void draw(String frame) {
        write(streams.out(), frame);
    }

    /** Raw text for the screen beside the results: a progress that overwrites itself. */
    public synchronized void drawBeside(String text) {
        write(streams.err(), text);
    }

    /** The last words of a run that is being interrupted: whatever others still write is dropped. */
    public synchronized void leave(String lastLine) {
        write(streams.err(), lastLine + "\n");
        closed = true;
    }

    /** From now on this is hidden in whatever is written, whoever says it. */
    public synchronized void conceal(String secret) {
        mask = (mask == null ? Mask.NOTHING : mask).and(List.of(secret));
    }

    /** {@code text} without what is {@linkplain #conceal concealed}, for other places that people read. */
    public synchronized String masked(String text) {
        return mask == null ? text : mask.apply(text);
    }

    private void write(PrintStream stream, String text) {
        if (!closed) {
            stream.print(masked(text));
            stream.flush();
        }
    }

    public String painted(Colour colourOfText, String text) {
        return colour && streams.outIsScreen() ? colourOfText.paint(text) : text;
    }

    /** As {@link #painted}, for what goes to standard error. */
    public String paintedBeside(Colour colourOfText, String text) {
        return colour && streams.errIsScreen() ? colourOfText.paint(text) : text;
    }

    /** Whether a view may redraw itself in place. */
    public boolean isLive() {
        return live;
    }

    /** Whether a progress on standard error may redraw itself in place. */
    public boolean isLiveBeside() {
        return liveBeside;
    }

    public boolean isQuiet() {
        return quiet;
    }

    public boolean isScreen() {
        return streams.outIsScreen();
    }

    public boolean isUnicode() {
        return unicode;
    }

    public String ellipsis() {
        return unicode ? "…" : "...";
    }

    public ScreenSize size() {
        return streams.screenSize().get();
    }
}
