package dev.slipway.agent.health;

import dev.slipway.core.health.Health;
import dev.slipway.core.health.HealthCheck;
import dev.slipway.core.health.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Finds out whether a subject is healthy, and collects the evidence. */
public final class Verification {
    /** Throws where the verification may not go on. */
    public interface Checkpoint {
        void check() throws InterruptedException;
    }

    // Some services give up once when a neighbour is not there yet; the agent has started them again by then.
    private static final int CRASH_LOOP = 3;
    private static final Duration SLICE = Duration.ofMillis(250);
    private static final int LONGEST_OUTPUT = 1_000;

    private final Prober prober = new Prober();

    /** One probe, unless the subject crashes again and again: what {@link #verify} would not call healthy is not so here. */
    public Health ask(HealthCheck check, Subject subject) throws InterruptedException {
        Subject.Life life = subject.life();
        if (crashLoops(check, life)) {
            return new Health(false, 0, crash(life));
        }
        Answer answer = prober.ask(check.probe(), check.timeout(), subject);
        return new Health(answer.healthy(), 1, answer.detail());
    }

    /** Probes until it is healthy, the check is used up, or the subject crashes again and again. */
    public Health verify(HealthCheck check, Subject subject, Checkpoint checkpoint, Consumer<String> say)
            throws InterruptedException {
        long begin = System.nanoTime();
        String told = "";
        for (int probes = 1; ; probes++) {
            checkpoint.check();
            Subject.Life life = subject.life();
            if (crashLoops(check, life)) {
                return new Health(false, probes - 1, crash(life) + output(subject));
            }
            Answer answer = steady(check, prober.ask(check.probe(), check.timeout(), subject), subject, probes);
            if (!answer.detail().equals(told)) {
                told = answer.detail();
                say.accept("Probe " + probes + ": " + told);
            }
            if (answer.healthy()) {
                return new Health(true, probes, told + effort(probes, begin));
            }
            if (probes == check.retries()) {
                return new Health(false, probes, told + effort(probes, begin) + output(subject));
            }
            pause(check, subject, checkpoint);
        }
    }

    /** Takes an answer back that says nothing about the subject. */
    private static Answer steady(HealthCheck check, Answer answer, Subject subject, int probes) {
        if (!answer.healthy()) {
            return answer;
        }
        Subject.Life life = subject.life();
        if (!life.running()) {
            return new Answer(false, answer.detail() + ", but from another process: the service is not running");
        }
        boolean tooEarly = check.probe() instanceof Probe.Running
                && probes < check.retries()
                && life.up().compareTo(check.interval()) < 0;
        return tooEarly ? new Answer(false, "it was started a moment ago") : answer;
    }

    /** Waits for the next probe, or until it is clear that none is needed. */
    private static void pause(HealthCheck check, Subject subject, Checkpoint checkpoint) throws InterruptedException {
        long end = System.nanoTime() + check.interval().toNanos();
        for (long left = check.interval().toNanos(); left > 0; left = end - System.nanoTime()) {
            Thread.sleep(Duration.ofNanos(Math.min(left, SLICE.toNanos())));
            checkpoint.check();
            if (left > SLICE.toNanos() && crashLoops(check, subject.life())) {
                return;
            }
        }
    }

    private static boolean crashLoops(HealthCheck check, Subject.Life life) {
        return life.exits() >= (check.probe() instanceof Probe.Running ? 1 : CRASH_LOOP);
    }

    private static String crash(Subject.Life life) {
        return "the service " + life.lastExit() + (life.exits() == 1 ? "" : ", " + life.exits() + " times");
    }

    private static String effort(int probes, long begin) {
        double seconds = (System.nanoTime() - begin) / 1e9;
        return String.format(Locale.ROOT, " (%d probe%s in %.1f s)", probes, probes == 1 ? "" : "s", seconds);
    }

    private static String output(Subject subject) {
        List<String> lines = subject.lastOutput();
        if (lines.isEmpty()) {
            return "; it printed nothing";
        }
        String text = String.join(" | ", lines);
        return "; last log lines: "
                + (text.length() <= LONGEST_OUTPUT ? text : "…" + text.substring(text.length() - LONGEST_OUTPUT));
    }
}
