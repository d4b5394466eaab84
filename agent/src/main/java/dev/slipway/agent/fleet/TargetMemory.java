package dev.slipway.agent.fleet;

import dev.slipway.agent.state.DiskFailures;
import dev.slipway.agent.state.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** What the agent knows about one target, most of it on disk. */
final class TargetMemory {
    /** Held while the target is changed, or looked at as a whole. */
    final ReentrantLock lock = new ReentrantLock();

    final FenceGate gate;
    final Ledger ledger;
    final RevisionRecords revisions;

    /** Whether what runs was found unhealthy: it is worth a fresh start, even by the deployment that started it. */
    volatile boolean foundUnhealthy;

    private final Path applied;

    TargetMemory(TargetKey key, Path folder) {
        DurableFiles.makePrivateFolder(folder);
        this.gate = new FenceGate(key.toString(), folder.resolve("fence"));
        this.ledger = new Ledger(folder.resolve("ledger.jsonl"));
        this.revisions = new RevisionRecords(folder);
        this.applied = folder.resolve("applied");
    }

    /** The revision that was last put in place, or was about to be; it tells where to look for what runs. */
    Optional<RevisionRecord> applied() {
        try {
            return revisions.find(Files.readString(applied).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw DiskFailures.of("read", applied, e);
        }
    }

    void apply(RevisionRecord revision) {
        DurableFiles.write(applied, revision.id() + "\n");
    }

    void applyNothing() {
        DurableFiles.deleteTree(applied);
    }
}
