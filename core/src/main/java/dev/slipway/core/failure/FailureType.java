package dev.slipway.core.failure;

import static dev.slipway.core.failure.FailureCategory.PLATFORM;
import static dev.slipway.core.failure.FailureCategory.TARGET;
import static dev.slipway.core.failure.FailureCategory.USER;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/**
 * The catalogue of failures. The {@linkplain #wireName() wire name} is the type of a Temporal application failure and,
 * in kebab case, of a problem document: it is never renamed.
 */
public enum FailureType {
    INVALID_INPUT("InvalidInput", USER, false),
    UNKNOWN_ENVIRONMENT("UnknownEnvironment", USER, false),
    UNKNOWN_RELEASE("UnknownRelease", USER, false),
    UNKNOWN_DEPLOYMENT("UnknownDeployment", USER, false),
    UNKNOWN_TARGET("UnknownTarget", USER, false),
    UNKNOWN_ARTIFACT("UnknownArtifact", USER, false),
    RELEASE_EXISTS("ReleaseExists", USER, false),
    MISSING_COMPONENT("MissingComponent", USER, false),
    UNSAFE_ARCHIVE("UnsafeArchive", USER, false),
    ARCHIVE_TOO_LARGE("ArchiveTooLarge", USER, false),
    DIGEST_MISMATCH("DigestMismatch", USER, false),
    IMAGE_NOT_FOUND("ImageNotFound", USER, false),
    REGISTRY_REFUSED("RegistryRefused", USER, false),
    REGISTRY_UNAVAILABLE("RegistryUnavailable", PLATFORM, true),
    ENVIRONMENT_BUSY("EnvironmentBusy", USER, false),
    NOT_POSSIBLE_NOW("NotPossibleNow", USER, false),
    NO_ROLLBACK_TARGET("NoRollbackTarget", USER, false),
    IDEMPOTENCY_KEY_REUSED("IdempotencyKeyReused", USER, false),
    /** No agent took the first step for a target in time. */
    NO_AGENT_AVAILABLE("NoAgentAvailable", TARGET, false),
    /** An agent took a step, and its heartbeats ended. */
    AGENT_LOST("AgentLost", TARGET, true),
    STEP_TIMED_OUT("StepTimedOut", TARGET, false),
    /** A stale step: a later one has already touched the target. */
    FENCED("Fenced", TARGET, false),
    ARTIFACT_UNAVAILABLE("ArtifactUnavailable", PLATFORM, true),
    DISK_FULL("DiskFull", TARGET, false),
    COMMAND_NOT_STARTED("CommandNotStarted", TARGET, false),
    DOCKER_UNAVAILABLE("DockerUnavailable", TARGET, true),
    DOCKER_REFUSED("DockerRefused", TARGET, false),
    TARGET_IO("TargetIo", TARGET, true),
    UNHEALTHY("Unhealthy", TARGET, false),
    PREVIOUS_RELEASE_GONE("PreviousReleaseGone", TARGET, false),
    /** The deployment ended while some targets could not be brought back. */
    TARGETS_HELD("TargetsHeld", TARGET, false),
    /** A restoration took too long, or was abandoned by an operator. */
    RESTORATION_GIVEN_UP("RestorationGivenUp", TARGET, false),
    UNKNOWN_PROJECT("UnknownProject", USER, false),
    UNKNOWN_SECRET("UnknownSecret", USER, false),
    /** It was stored with another key, or changed in the database. */
    SECRET_UNREADABLE("SecretUnreadable", PLATFORM, false),
    /** No environment of the project takes the branch. */
    NO_MATCHING_ENVIRONMENT("NoMatchingEnvironment", USER, false),
    INVALID_CHART("InvalidChart", USER, false),
    /** A URL leads to where this installation does not go. */
    ADDRESS_NOT_ALLOWED("AddressNotAllowed", USER, false),
    /** The Git provider does not tell whether a job is genuine. */
    PROVIDER_UNAVAILABLE("ProviderUnavailable", PLATFORM, true),
    GIT_UNAVAILABLE("GitUnavailable", PLATFORM, true),
    /** Wrong credential, unknown host key, no such repository or branch. */
    GIT_REFUSED("GitRefused", USER, false),
    /** Commits cannot be signed with the key that is stored for it. */
    INVALID_SIGNING_KEY("InvalidSigningKey", USER, false),
    /** The remote takes no push: a hook, a protected branch. */
    PUSH_REJECTED("PushRejected", USER, false),
    CLUSTER_UNAVAILABLE("ClusterUnavailable", PLATFORM, true),
    CLUSTER_REFUSED("ClusterRefused", USER, false),
    /** The reconciler has given up, or a workload behind the release cannot become ready. */
    RECONCILIATION_FAILED("ReconciliationFailed", TARGET, false),
    RECONCILIATION_TIMED_OUT("ReconciliationTimedOut", TARGET, false),
    WAITED_TOO_LONG("WaitedTooLong", USER, false),
    /** Temporal holds something that was encrypted with another payload key. */
    PAYLOAD_UNREADABLE("PayloadUnreadable", PLATFORM, false),
    TERMINATED("Terminated", PLATFORM, false),
    UNAUTHENTICATED("Unauthenticated", USER, false),
    FORBIDDEN("Forbidden", USER, false),
    TOO_LARGE("TooLarge", USER, false),
    TEMPORAL_UNAVAILABLE("TemporalUnavailable", PLATFORM, true),
    DATABASE_UNAVAILABLE("DatabaseUnavailable", PLATFORM, true),
    INTERNAL("Internal", PLATFORM, true);

    private final String wireName;
    private final FailureCategory category;
    private final boolean retryable;

    FailureType(String wireName, FailureCategory category, boolean retryable) {
        this.wireName = wireName;
        this.category = category;
        this.retryable = retryable;
    }

    /** The type with this wire name; empty for a failure that is not of the catalogue. */
    public static Optional<FailureType> ofWireName(String name) {
        for (FailureType type : values()) {
            if (type.wireName.equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    @JsonValue
    public String wireName() {
        return wireName;
    }

    public FailureCategory category() {
        return category;
    }

    /** Whether the same step may succeed when it is tried again unchanged. */
    public boolean retryable() {
        return retryable;
    }

    /** The wire name in kebab case: the last part of a problem type. */
    public String problemName() {
        return wireName.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
