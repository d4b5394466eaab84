package dev.slipway.agent.process;

import dev.slipway.agent.background.BackgroundThread;
import dev.slipway.agent.fleet.Installed;
import dev.slipway.agent.fleet.RevisionRecord;
import dev.slipway.agent.fleet.RevisionRecords;
import dev.slipway.agent.fleet.TargetKey;
import dev.slipway.agent.health.Subject;
import dev.slipway.agent.state.DurableFiles;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.fleet.TargetRuntime.ProcessRuntime;
import dev.slipway.core.retry.Backoff;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service of one target: started, stopped, and started again whenever it ends by itself. */
final class Service {
    private static final Logger log = LoggerFactory.getLogger(Service.class);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Backoff BACKOFF = Backoff.ofMillis(500, 30_000);

    // One that ran this long is past its start: a later end is a new story.
    private static final Duration STEADY = Duration.ofSeconds(60);

    private final TargetKey target;
    private final Path folder;
    private final Path file;
    private final Launcher launcher;
    private final ServiceOutput output;

    // All guarded by this.
    private @Nullable ServiceRecord record;
    private @Nullable RevisionRecord revision;
    private @Nullable SupervisedProcess process;
    private boolean wanted;
    private int generation;
    private int exits;
    private String lastExit = "";
    private long startedAt;

    Service(TargetKey target, Path folder, Launcher launcher) {
        this.target = target;
        this.folder = folder;
        this.file = folder.resolve("service.json");
        this.launcher = launcher;
        this.output = new ServiceOutput(folder);
        this.record = ServiceRecord.read(file).orElse(null);
    }

    TargetKey target() {
        return target;
    }

    ServiceOutput output() {
        return output;
    }

    synchronized Optional<ServiceRecord> record() {
        return Optional.ofNullable(record);
    }

    /** Whether it is the service of the directory that is really this one. */
    synchronized boolean isAt(Path directory) {
        return record != null && new ReleaseDirectory(record.directory()).real().equals(directory);
    }

    /** Writes down what is to run from now on; it is started by {@link #start}. */
    synchronized void intend(RevisionRecord next, Installed.@Nullable Origin origin) {
        ProcessRuntime runtime = (ProcessRuntime) next.runtime();
        ServiceRecord intended =
                new ServiceRecord(next.id(), next.artifact().digest(), runtime.directory(), origin, null, null);
        intended.write(file);
        record = intended;
        revision = next;
        exits = 0;
        lastExit = "";
        output.mark();
    }

    /** Starts what is intended; its pid. */
    long start() throws InterruptedException {
        SupervisedProcess launched;
        RevisionRecord starting;
        synchronized (this) {
            launched = launch();
            starting = requireRevision();
        }
        try {
            Launcher.confirm(launched, starting, output);
        } catch (SlipwayException e) {
            giveUp();
            throw e;
        }
        return launched.pid();
    }

    /** What cannot be started once, cannot be started again and again. */
    private synchronized void giveUp() {
        wanted = false;
        generation++;
        process = null;
    }

    /** Takes up a process that an earlier agent started. */
    synchronized void adopt(SupervisedProcess found, RevisionRecord runs, ServiceRecord known) {
        revision = runs;
        record = known.as(found);
        // Whether or not that can be written down: what runs is looked after.
        supervise(found);
        record.write(file);
    }

    /** Stops it, and keeps it stopped. Where this is interrupted, it counts as stopped, and the next stop finishes. */
    void stop(Consumer<String> say) throws InterruptedException {
        end(dismiss(), say);
    }

    /** Stops and forgets it as the service of {@code directory}, which another target takes over. */
    void giveWay(Path directory, Consumer<String> say) throws InterruptedException {
        SupervisedProcess running;
        // Its own target may be moving it at this moment, and what it runs elsewhere is in nobody's way.
        synchronized (this) {
            if (!isAt(directory)) {
                return;
            }
            running = dismiss();
        }
        end(running, say);
        synchronized (this) {
            if (isAt(directory)) {
                new RevisionRecords(folder).forgetPlace();
                forget();
            }
        }
    }

    /** From here on nobody starts it again. What is still to be ended. */
    private synchronized @Nullable SupervisedProcess dismiss() {
        wanted = false;
        generation++;
        return process;
    }

    private void end(@Nullable SupervisedProcess running, Consumer<String> say) throws InterruptedException {
        if (running != null) {
            running.stop(GRACE, say);
        }
        synchronized (this) {
            if (process == running) {
                process = null;
            }
        }
    }

    /** Forgets a service that is stopped. Whether there was one. */
    synchronized boolean forget() {
        boolean known = record != null;
        record = null;
        revision = null;
        output.delete();
        DurableFiles.deleteTree(file);
        return known;
    }

    /** What is installed in {@code directory}, where {@code digest} is the current one. */
    synchronized Installed installed(Digest digest, Path directory) {
        boolean known = record != null && record.digest().equals(digest) && isAt(directory);
        SupervisedProcess now = process;
        boolean running = wanted && now != null && now.isAlive();
        String detail = now != null && running
                ? "runs, pid " + now.pid()
                : "is not running" + (lastExit.isEmpty() ? "" : ": it " + lastExit);
        return new Installed(
                digest,
                known && record != null ? record.revision() : null,
                known && record != null ? record.origin() : null,
                running,
                detail);
    }

    synchronized Subject.Life life() {
        boolean running = wanted && process != null && process.isAlive();
        Duration up = running ? Duration.ofNanos(System.nanoTime() - startedAt) : Duration.ZERO;
        return new Subject.Life(running, up, up.compareTo(STEADY) < 0 ? exits : 0, lastExit);
    }

    private synchronized SupervisedProcess launch() {
        RevisionRecord starting = requireRevision();
        ProcessRuntime runtime = (ProcessRuntime) starting.runtime();
        Path folder = new ReleaseDirectory(runtime.directory())
                .folder(starting.artifact().digest());
        output.endLines();
        SupervisedProcess launched = launcher.launch(target, starting, folder, output);
        if (record != null) {
            note(record.as(launched), launched);
        }
        supervise(launched);
        return launched;
    }

    /** What is not written down is not supervised: left alive, it would be a copy beside the next one. */
    private synchronized void note(ServiceRecord started, SupervisedProcess launched) {
        try {
            started.write(file);
            record = started;
        } catch (SlipwayException e) {
            launched.kill();
            throw e;
        }
    }

    private synchronized void supervise(SupervisedProcess launched) {
        process = launched;
        wanted = true;
        startedAt = System.nanoTime();
        int mine = ++generation;
        BackgroundThread.start("supervise-" + target.folder(), () -> watch(launched, mine));
    }

    private void watch(SupervisedProcess watched, int mine) throws InterruptedException {
        String end = watched.awaitEnd();
        Duration backoff = ended(watched, mine, end);
        while (backoff != null) {
            Thread.sleep(backoff);
            backoff = startAgain(mine);
        }
    }

    /** How long to wait before the next start; null where somebody else decides by now. */
    private synchronized @Nullable Duration ended(SupervisedProcess watched, int mine, String end) {
        if (mine != generation) {
            return null;
        }
        // What it left of its group would be a second copy.
        watched.kill();
        if (System.nanoTime() - startedAt > STEADY.toNanos()) {
            exits = 0;
        }
        return crashed(end);
    }

    private synchronized @Nullable Duration startAgain(int mine) {
        if (mine != generation) {
            return null;
        }
        try {
            launch();
            return null;
        } catch (SlipwayException e) {
            return crashed("could not be restarted: " + e.getMessage());
        }
    }

    private synchronized Duration crashed(String end) {
        exits++;
        lastExit = end;
        Duration backoff = BACKOFF.after(exits);
        log.warn("The service of {} {}; restarting it in {} ms.", target, end, backoff.toMillis());
        return backoff;
    }

    private RevisionRecord requireRevision() {
        if (revision == null) {
            throw new IllegalStateException("No desired state is recorded for " + target);
        }
        return revision;
    }
}
