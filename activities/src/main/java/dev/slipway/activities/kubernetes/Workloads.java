package dev.slipway.activities.kubernetes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How far the workloads are that a reconciler has put into the cluster. */
final class Workloads {
    private static final Set<Kind> KINDS = Set.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.DAEMON_SET, Kind.JOB);

    private final View view;
    private final Instant pushedAt;
    private final boolean applied;
    private final List<String> missing = new ArrayList<>();
    private final List<Trouble> ofPods = new ArrayList<>();
    private final List<Trouble> ofWorkloads = new ArrayList<>();
    private @Nullable Instant again;

    /**
     * @param applied whether the reconciler says that all is applied: until then, what went wrong before the push may be
     *     what this deployment mends
     */
    Workloads(View view, Instant pushedAt, boolean applied) {
        this.view = view;
        this.pushedAt = pushedAt;
        this.applied = applied;
    }

    static boolean isWorkload(String kind) {
        return Kind.of(kind).filter(KINDS::contains).isPresent();
    }

    Rollout look(List<Members> parts) {
        parts.stream().flatMap(this::of).distinct().forEach(this::look);
        List<Trouble> troubles = new ArrayList<>(ofPods);
        troubles.addAll(ofWorkloads);
        return new Rollout(List.copyOf(missing), troubles, again);
    }

    private Stream<KubernetesObject> of(Members members) {
        return members.namespaces().stream().flatMap(namespace -> members.of(all(namespace)).stream());
    }

    private List<KubernetesObject> all(String namespace) {
        return KINDS.stream()
                .sorted()
                .map(kind -> view.all(kind, namespace))
                .flatMap(Collection::stream)
                .toList();
    }

    private void look(KubernetesObject workload) {
        WorkloadStatus status = WorkloadStatus.of(workload);
        if (status.isComplete()) {
            return;
        }
        String name = workload.kind().display() + " " + workload.name();
        List<PodStatus> unready = newPods(workload).stream()
                .map(PodStatus::new)
                .filter(pod -> !pod.isReady() && !pod.isEnding())
                .sorted(Comparator.comparing(pod -> pod.pod().name()))
                .toList();
        missing.add(name + " " + status.missing()
                + unready.stream()
                        .findFirst()
                        .map(pod -> "; waiting for pod " + pod.pod().name() + ": " + pod.waitsFor())
                        .orElse(""));
        unready.stream()
                .filter(pod -> applied || isSincePush(pod.pod().created()))
                .forEach(pod -> look(name, pod));
        Condition broken = status.broken();
        if (broken != null && (applied || broken.isSince(pushedAt))) {
            ofWorkloads.add(new Trouble(name + " " + status.missing() + ": " + broken.text()));
        }
        FailedCreate.of(view, workload, podsOf(workload))
                .filter(failed -> isSincePush(failed.last()))
                .ifPresent(failed -> look(name + " " + status.missing(), failed));
    }

    private void look(String workload, FailedCreate failed) {
        Instant countsAt = failed.countsAt(pushedAt);
        if (countsAt.isAfter(view.now())) {
            lookAgain(countsAt);
        } else {
            ofWorkloads.add(new Trouble(workload + ": " + failed.message()));
        }
    }

    private void look(String workload, PodStatus pod) {
        pod.trouble(view.now())
                .map(trouble -> new Trouble(workload + ": " + trouble.message(), trouble.logs()))
                .ifPresent(ofPods::add);
        pod.unschedulableAt().filter(at -> at.isAfter(view.now())).ifPresent(this::lookAgain);
    }

    private void lookAgain(Instant at) {
        if (again == null || at.isBefore(again)) {
            again = at;
        }
    }

    private boolean isSincePush(Instant time) {
        return Condition.isNotBefore(time, pushedAt);
    }

    /** Those of the latest revision; what is wrong with older ones ends with them. */
    private List<KubernetesObject> newPods(KubernetesObject workload) {
        if (!workload.isObserved() && workload.kind() != Kind.JOB) {
            return List.of();
        }
        return switch (workload.kind()) {
            case DEPLOYMENT -> currentReplicaSet(workload).map(this::podsOf).orElse(List.of());
            case STATEFUL_SET ->
                podsOf(workload).stream()
                        .filter(pod -> pod.label("controller-revision-hash")
                                .equals(workload.tree().text("status", "updateRevision")))
                        .toList();
            case DAEMON_SET ->
                podsOf(workload).stream()
                        // Saves a look at the ControllerRevisions: the controller keeps both, though they are called
                        // deprecated.
                        .filter(pod -> pod.label("pod-template-generation")
                                .equals(workload.annotation("deprecated.daemonset.template.generation")))
                        .toList();
            default -> podsOf(workload);
        };
    }

    private Optional<KubernetesObject> currentReplicaSet(KubernetesObject deployment) {
        String revision = "deployment.kubernetes.io/revision";
        return view.all(Kind.REPLICA_SET, deployment.namespace()).stream()
                .filter(set ->
                        set.isOwnedBy(deployment) && set.annotation(revision).equals(deployment.annotation(revision)))
                .findFirst();
    }

    private List<KubernetesObject> podsOf(KubernetesObject owner) {
        return view.all(Kind.POD, owner.namespace()).stream()
                .filter(pod -> pod.isOwnedBy(owner))
                .toList();
    }
}
