package dev.slipway.agent.fleet;

import dev.slipway.agent.health.Subject;
import dev.slipway.agent.timeline.OutputLine;
import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.fleet.TargetRuntime;
import dev.slipway.core.secret.Mask;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How one kind of target runs revisions. Every method is idempotent, and finishes or clears away what a killed attempt
 * left. The caller keeps all but {@link #look}, {@link #subject} and {@link #newOutput} from overlapping for a target.
 */
public interface RuntimeDriver {
    boolean drives(TargetRuntime runtime);

    /** What is really at {@code place}. */
    Installed look(TargetKey target, TargetRuntime place);

    /** Gets everything ready that {@code wanted} needs; what runs is not touched. */
    void prepare(RevisionRecord wanted, Attempt attempt) throws InterruptedException;

    /** Stops what runs at the place of {@code wanted} and starts {@code wanted}, which is prepared. */
    void replace(RevisionRecord wanted, Attempt attempt) throws InterruptedException;

    /** Stops what runs at {@code place}, because the target moves to another. */
    void vacate(TargetRuntime place, Attempt attempt) throws InterruptedException;

    /** Stops and deletes all that Slipway put at {@code place}. Whether there was anything. */
    boolean remove(TargetRuntime place, Attempt attempt) throws InterruptedException;

    /** The artifact with {@code digest}, of which no record is left; empty where it cannot be had any more. */
    Optional<Artifact> recall(Digest digest);

    /** Deletes what no revision with a digest in {@code kept} needs. */
    void prune(TargetRuntime place, Set<Digest> kept);

    /** What runs at the place of {@code revision}, for whoever asks how it is and may not see what {@code mask} hides. */
    Subject subject(TargetKey target, RevisionRecord revision, Mask mask);

    /** Passes over what the service has printed until now. */
    void skipOutput(TargetKey target, TargetRuntime place);

    /** What the service printed since the last call, masked. */
    List<OutputLine> newOutput(TargetKey target, TargetRuntime place, Mask mask);
}
