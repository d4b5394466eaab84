package dev.slipway.cli.timeline;

import dev.slipway.cli.terminal.Terminal;

/** While it is open, Ctrl-C ends the waiting only: the last words say how to attach again. The exit code is the JVM's, 130. */
final class Detaching implements AutoCloseable {
    private final Thread hook;

    private Detaching(Thread hook) {
        this.hook = hook;
    }

    static Detaching on(Terminal terminal, String deployment) {
        Thread hook = Thread.ofPlatform()
                .unstarted(() -> terminal.leave("\ndetached; deployment " + deployment
                        + " continues. attach again: slipway watch " + deployment));
        Runtime.getRuntime().addShutdownHook(hook);
        return new Detaching(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is on its way out, and the hook at work.
        }
    }
}
