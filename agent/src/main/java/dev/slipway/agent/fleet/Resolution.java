package dev.slipway.agent.fleet;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.fleet.Desired;
import dev.slipway.core.fleet.Revision;
import dev.slipway.core.fleet.Target;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From what a step wants of a target to the record of just that. */
final class Resolution {
    private final Drivers drivers;

    Resolution(Drivers drivers) {
        this.drivers = drivers;
    }

    RevisionRecord resolve(RevisionRecords records, Target target, Desired desired) {
        return switch (desired) {
            case Desired.Fresh fresh -> RevisionRecord.of(target, fresh.artifact(), fresh.version());
            case Desired.Recorded recorded -> recall(records, target, recorded.revision());
        };
    }

    /** Whether {@code desired} is what runs there with {@code digest} and the record {@code id}. */
    static boolean isMet(Desired desired, Target target, Digest digest, @Nullable String id) {
        return switch (desired) {
            case Desired.Fresh fresh ->
                RevisionRecord.of(target, fresh.artifact(), fresh.version())
                        .id()
                        .equals(id);
            case Desired.Recorded recorded ->
                recorded.revision().id() == null
                        ? recorded.revision().digest().equals(digest)
                        : recorded.revision().id().equals(id);
        };
    }

    static Digest digestOf(Desired desired) {
        return switch (desired) {
            case Desired.Fresh fresh -> fresh.artifact().digest();
            case Desired.Recorded recorded -> recorded.revision().digest();
        };
    }

    static SlipwayException gone(String version, Digest digest, String where) {
        return new SlipwayException(
                FailureType.PREVIOUS_RELEASE_GONE,
                "The previous release %s (%s) of target %s is neither on the node nor in the artifact store. Deploy an existing release."
                        .formatted(version, digest.abbreviated(), where));
    }

    /** As it ran, or as near to it as can be: the same digest with another configuration. */
    private RevisionRecord recall(RevisionRecords records, Target target, Revision revision) {
        return Optional.ofNullable(revision.id())
                .flatMap(records::find)
                .or(() -> records.findByDigest(revision.digest()))
                .or(() -> drivers.of(target.runtime())
                        .recall(revision.digest())
                        .map(artifact -> RevisionRecord.of(target, artifact, revision.version())))
                .orElseThrow(() -> gone(revision.version(), revision.digest(), target.name()));
    }
}
