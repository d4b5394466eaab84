package dev.slipway.cli.gitops;

import dev.slipway.cli.terminal.Terminal;
import java.time.Duration;

/** While it is open, it says now and then that nothing has come yet: CI systems end what is silent. */
final class SignOfLife implements AutoCloseable {
    static final Duration USUAL = Duration.ofSeconds(25);

    private final Thread thread;

    private SignOfLife(Thread thread) {
        this.thread = thread;
    }

    static SignOfLife of(Terminal terminal, String message, Duration pause) {
        return new SignOfLife(Thread.ofPlatform().daemon().name("sign-of-life").start(() -> {
            try {
                while (true) {
                    Thread.sleep(pause);
                    terminal.note(message);
                }
            } catch (InterruptedException e) {
                // Closed.
            }
        }));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
