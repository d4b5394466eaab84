package dev.slipway.agent.process;

import dev.slipway.agent.state.Posix;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A process that leads a group of its own: a child of this agent, or one that an earlier agent left. */
final class SupervisedProcess {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration DRAIN_POLL = Duration.ofMillis(15);
    private static final Duration AFTER_KILL = Duration.ofSeconds(5);

    private final long pid;
    private final long start;
    private final @Nullable Process child;

    SupervisedProcess(long pid, long start, @Nullable Process child) {
        this.pid = pid;
        this.start = start;
        this.child = child;
    }

    long pid() {
        return pid;
    }

    long start() {
        return start;
    }

    boolean isAlive() {
        return child != null ? child.isAlive() : ProcessTable.isAlive(pid, start);
    }

    /** Waits for its end; how it ended, as in {@code exited with code 1}. */
    String awaitEnd() throws InterruptedException {
        if (child != null) {
            return described(child.waitFor());
        }
        while (ProcessTable.isAlive(pid, start)) {
            Thread.sleep(POLL);
        }
        return "exited (exit code unknown: started by an earlier agent)";
    }

    /** Asks the group to end, and makes it end once {@code grace} is over. */
    void stop(Duration grace, Consumer<String> say) throws InterruptedException {
        long begin = System.nanoTime();
        signal(Posix.SIGTERM);
        if (awaitGone(grace)) {
            say.accept("Stopped pid " + pid + " in "
                    + Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms.");
            return;
        }
        signal(Posix.SIGKILL);
        if (!awaitGone(AFTER_KILL)) {
            throw new SlipwayException(
                    FailureType.TARGET_IO,
                    "Process " + pid
                            + " did not exit after SIGKILL; it may hang in the kernel. Check it on the node, then retry.");
        }
        say.accept("Killed pid " + pid + ": it did not exit within " + grace.toSeconds() + " s of SIGTERM.");
    }

    /** Ends at once the process and whatever is left of its group. */
    void kill() {
        if (child != null) {
            // In its first moments it leads no group yet.
            child.destroyForcibly();
        }
        signal(Posix.SIGKILL);
    }

    private void signal(int signal) {
        if (!isGone()) {
            Posix.signalGroup(pid, signal);
        }
    }

    private boolean awaitGone(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!isGone()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(DRAIN_POLL);
        }
        return true;
    }

    private boolean isGone() {
        // The kernel gives a process id to nobody as long as a group has it, so another process with it means that the
        // whole group is gone.
        boolean isAnother =
                ProcessTable.find(pid).filter(entry -> entry.start() != start).isPresent();
        return isAnother || !Posix.groupExists(pid) || (!isAlive() && hasOnlyZombies());
    }

    private boolean hasOnlyZombies() {
        return ProcessTable.all().stream().noneMatch(entry -> entry.group() == pid && entry.isAlive());
    }

    private static String described(int code) {
        // As shells have it: 128 and the number of the signal.
        return code > 128 && code < 128 + 65 ? "was killed by signal " + (code - 128) : "exited with code " + code;
    }
}
