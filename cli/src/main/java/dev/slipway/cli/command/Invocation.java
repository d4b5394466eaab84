package dev.slipway.cli.command;

import dev.slipway.cli.terminal.Streams;
import dev.slipway.cli.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/** One run of the program: what it was told, and what it talks to. */
public final class Invocation {
    private final GlobalOptions options = new GlobalOptions();
    private final Surroundings surroundings;
    private final Streams streams;
    private @Nullable Terminal terminal;

    public Invocation(Surroundings surroundings, Streams streams) {
        this.surroundings = surroundings;
        this.streams = streams;
    }

    public GlobalOptions options() {
        return options;
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    public Streams streams() {
        return streams;
    }

    /** Where this run writes to; settled at the first call, once the options are read. */
    public Terminal terminal() {
        if (terminal == null) {
            terminal = new Terminal(streams, surroundings.environment(), options.noColor(), options.quiet());
        }
        return terminal;
    }
}
