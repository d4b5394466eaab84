package dev.slipway.agent.fleet;

import dev.slipway.agent.state.DurableFiles;
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

    /** Where the declaration is kept that the last step referred to. */
    final Path specification;

    /** Whether it was found unhealthy, or not running: it gets a fresh start, even by the deployment that started it. */
    volatile boolean foundUnhealthy;

    TargetMemory(TargetKey key, Path folder) {
        DurableFiles.makePrivateFolder(folder);
        this.gate = new FenceGate(key.toString(), folder.resolve("fence"));
        this.ledger = new Ledger(folder.resolve("ledger.jsonl"));
        this.revisions = new RevisionRecords(folder);
        this.specification = folder.resolve("specification.json");
    }

    /** The revision that was last put in place, or was about to be; it tells where to look for what runs. */
    Optional<RevisionRecord> applied() {
        return revisions.inPlace();
    }

    void apply(RevisionRecord revision) {
        revisions.putInPlace(revision);
    }

    void applyNothing() {
        revisions.forgetPlace();
    }
}
