package dev.slipway.activities.kubernetes;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rollout of one workload, judged as {@code kubectl rollout status} does.
 *
 * @param missing what is still to come; null where it is complete
 * @param broken what its controller says that went wrong; null for nothing
 */
record WorkloadStatus(@Nullable String missing, @Nullable Condition broken) {
    private static final WorkloadStatus COMPLETE = new WorkloadStatus(null, null);

    static WorkloadStatus of(KubernetesObject workload) {
        if (!workload.isObserved() && workload.kind() != Kind.JOB) {
            return missing("is not observed by its controller yet");
        }
        return switch (workload.kind()) {
            case DEPLOYMENT -> deployment(workload);
            case STATEFUL_SET -> statefulSet(workload);
            case DAEMON_SET -> daemonSet(workload);
            case JOB -> job(workload);
            default -> COMPLETE;
        };
    }

    boolean isComplete() {
        return missing == null;
    }

    private static WorkloadStatus missing(String text) {
        return new WorkloadStatus(text, null);
    }

    private static WorkloadStatus deployment(KubernetesObject deployment) {
        Tree status = deployment.tree().at("status");
        long wanted = replicas(deployment);
        long updated = status.number("updatedReplicas");
        long available = status.number("availableReplicas");
        long old = status.number("replicas") - updated;
        Optional<Condition> late = deployment
                .condition("Progressing")
                .filter(condition -> condition.isFalse() && condition.reason().equals("ProgressDeadlineExceeded"));
        Condition broken = deployment
                .condition("ReplicaFailure")
                .filter(Condition::isTrue)
                .or(() -> late)
                .orElse(null);
        if (updated < wanted || available < updated) {
            String paused = deployment.tree().isTrue("spec", "paused") ? ", and is paused" : "";
            return new WorkloadStatus(Math.min(available, updated) + " of " + wanted + " ready" + paused, broken);
        }
        return old > 0 ? new WorkloadStatus(old + " old replicas still terminating", broken) : COMPLETE;
    }

    private static WorkloadStatus statefulSet(KubernetesObject set) {
        Tree status = set.tree().at("status");
        long wanted = replicas(set);
        long ready = status.number("readyReplicas");
        if (ready < wanted) {
            return missing(ready + " of " + wanted + " ready");
        }
        if (set.tree()
                .text("spec", "updateStrategy", "type")
                .filter("OnDelete"::equals)
                .isPresent()) {
            return COMPLETE;
        }
        long partition = set.tree().number("spec", "updateStrategy", "rollingUpdate", "partition");
        long updated = status.number("updatedReplicas");
        boolean rolled = partition > 0
                ? updated >= wanted - partition
                : status.text("updateRevision").equals(status.text("currentRevision"));
        return rolled ? COMPLETE : missing(updated + " of " + (wanted - partition) + " updated");
    }

    private static WorkloadStatus daemonSet(KubernetesObject set) {
        Tree status = set.tree().at("status");
        long wanted = status.number("desiredNumberScheduled");
        long updated = status.number("updatedNumberScheduled");
        long available = status.number("numberAvailable");
        boolean onDelete = set.tree()
                .text("spec", "updateStrategy", "type")
                .filter("OnDelete"::equals)
                .isPresent();
        if (updated < wanted && !onDelete) {
            return missing(updated + " of " + wanted + " updated");
        }
        return available < wanted ? missing(available + " of " + wanted + " ready") : COMPLETE;
    }

    private static WorkloadStatus job(KubernetesObject job) {
        if (job.isTrue("Complete") || job.isTrue("SuccessCriteriaMet")) {
            return COMPLETE;
        }
        Optional<Condition> failed = job.condition("Failed").filter(Condition::isTrue);
        return failed.isPresent()
                ? new WorkloadStatus("has failed", failed.get())
                : missing(job.isSuspended() ? "is suspended" : "has not completed");
    }

    /** One where it is not told. */
    static long replicas(KubernetesObject workload) {
        return workload.tree().exists("spec", "replicas") ? workload.tree().number("spec", "replicas") : 1;
    }
}
