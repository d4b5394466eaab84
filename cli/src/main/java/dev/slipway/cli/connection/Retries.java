package dev.slipway.cli.connection;

import dev.slipway.core.retry.Backoff;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** How long one call goes on trying: over the restart of a server, and not so long that nobody knows what is wrong. */
public final class Retries {
    private static final Duration PATIENCE_WITHOUT_CONNECTION = Duration.ofSeconds(3);
    // Its supervisor, while that lives, starts the server again.
    private static final Duration PATIENCE_WITH_A_STACK_OF_THIS_MACHINE = Duration.ofSeconds(20);
    private static final Duration PATIENCE_WITH_A_BUSY_SERVER = Duration.ofSeconds(15);
    private static final Backoff BACKOFF = Backoff.ofMillis(150, 5_000);

    private final @Nullable StackFile stack;
    private final Duration withoutConnection;
    private final Duration withABusyServer;
    private final long start = System.nanoTime();
    private int failures;

    private Retries(@Nullable StackFile stack, Duration withoutConnection, Duration withABusyServer) {
        this.stack = stack;
        this.withoutConnection = withoutConnection;
        this.withABusyServer = withABusyServer;
    }

    /** The usual patience; none for a stack of this machine that was ended. */
    static Retries of(Connection connection) {
        StackFile stack = connection.stack();
        return new Retries(
                stack,
                stack == null ? PATIENCE_WITHOUT_CONNECTION : PATIENCE_WITH_A_STACK_OF_THIS_MACHINE,
                PATIENCE_WITH_A_BUSY_SERVER);
    }

    /** For calls of somebody who waits anyway. */
    public static Retries lasting(Duration patience) {
        return new Retries(null, patience, patience);
    }

    /** Pauses before the call is sent again; false if it should not be, because it cannot help or lasted too long. */
    public boolean pauseAfter(IOException failure) {
        if (failure instanceof UnknownHostException || failure instanceof SSLException) {
            return false;
        }
        // Without its supervisor nothing brings the stack of this machine back.
        if (stack != null && !stack.alive().containsKey("supervisor")) {
            return false;
        }
        return pause(BACKOFF.after(++failures), withoutConnection);
    }

    boolean pauseAsAsked(@Nullable String retryAfter) {
        Duration own = BACKOFF.after(++failures);
        Duration asked = asked(retryAfter);
        return pause(own.compareTo(asked) > 0 ? own : asked, withABusyServer);
    }

    private static Duration asked(@Nullable String retryAfter) {
        try {
            long seconds = retryAfter == null ? 0 : Long.parseLong(retryAfter.strip());
            return Duration.ofSeconds(Math.clamp(seconds, 0, BACKOFF.longest().toSeconds()));
        } catch (NumberFormatException e) {
            // The other form, a date, is not worth a clock comparison here.
            return Duration.ofSeconds(1);
        }
    }

    private boolean pause(Duration pause, Duration patience) {
        if (System.nanoTime() - start + pause.toNanos() > patience.toNanos()) {
            return false;
        }
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
