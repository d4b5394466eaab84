package dev.slipway.activities.kubernetes;

import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.workflows.gitops.Observation;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a look at the cluster comes to.
 *
 * @param again when the same objects would be judged otherwise; null for never
 * @param logs the container whose last words belong to the failure; null for none
 * @param nudge what to ask to look at once; null for nothing
 */
record Verdict(
        Observation observation,
        @Nullable Instant again,
        @Nullable Container logs,
        @Nullable KubernetesObject nudge) {
    /** A container of a pod. {@code variables}: those that its specification gives literally. */
    record Container(String namespace, String pod, String name, Map<String, String> variables) {
        Container {
            variables = Map.copyOf(variables);
        }

        /** Without the variables, which may be secret. */
        @Override
        public String toString() {
            return name + " of pod " + namespace + "/" + pod;
        }
    }

    static Verdict progressing(String summary, @Nullable Instant again, @Nullable KubernetesObject nudge) {
        return new Verdict(new Observation.Progressing(summary), again, null, nudge);
    }

    static Verdict ready(String summary) {
        return new Verdict(new Observation.Ready(summary), null, null, null);
    }

    static Verdict broken(String message, @Nullable Container logs) {
        Failure failure = new Failure(FailureType.RECONCILIATION_FAILED, message);
        return new Verdict(new Observation.Broken(failure), null, logs, null);
    }

    boolean isFinal() {
        return !(observation instanceof Observation.Progressing);
    }
}
