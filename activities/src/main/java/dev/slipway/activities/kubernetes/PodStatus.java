package dev.slipway.activities.kubernetes;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What keeps a pod from being ready. */
record PodStatus(KubernetesObject pod) {
    /** A cluster that grows on demand takes a moment to offer a node. */
    static final Duration SCHEDULING_GRACE = Duration.ofSeconds(30);

    private static final Set<String> NO_IMAGE = Set.of(
            "ImagePullBackOff",
            "ErrImagePull",
            "InvalidImageName",
            "ErrImageNeverPull",
            "ImageInspectError",
            "SignatureValidationFailed");
    private static final Set<String> NO_CONTAINER =
            Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");
    private static final String CRASHES = "CrashLoopBackOff";

    boolean isReady() {
        return pod.isTrue("Ready")
                || pod.tree()
                        .text("status", "phase")
                        .filter("Succeeded"::equals)
                        .isPresent();
    }

    boolean isEnding() {
        return pod.tree().exists("metadata", "deletionTimestamp");
    }

    /** When it counts as impossible to schedule; empty where it is scheduled, or may still be. */
    Optional<Instant> unschedulableAt() {
        return unschedulable().map(condition -> condition.changed().plus(SCHEDULING_GRACE));
    }

    Optional<Trouble> trouble(Instant now) {
        return containers()
                .flatMap(container -> trouble(container).stream())
                .findFirst()
                .or(() -> unschedulable()
                        .filter(_ ->
                                unschedulableAt().filter(at -> !at.isAfter(now)).isPresent())
                        .map(condition ->
                                new Trouble("Pod " + pod.name() + " cannot be scheduled: " + condition.text())));
    }

    /** As {@code ContainerCreating}. */
    String waitsFor() {
        return containers()
                .flatMap(container -> container.text("state", "waiting", "reason").stream())
                .findFirst()
                .or(() -> unschedulable().map(condition -> "Unschedulable: " + condition.text()))
                .orElseGet(() -> containers().findAny().isEmpty() ? "not started on a node yet" : "not ready");
    }

    private Optional<Condition> unschedulable() {
        return pod.condition("PodScheduled")
                .filter(condition -> condition.isFalse() && condition.reason().equals("Unschedulable"));
    }

    private Stream<Tree> containers() {
        return Stream.of("initContainerStatuses", "containerStatuses")
                .flatMap(list -> pod.tree().items("status", list).stream());
    }

    private Optional<Trouble> trouble(Tree container) {
        String reason = container.text("state", "waiting", "reason").orElse("");
        String message = container
                .text("state", "waiting", "message")
                .map(text -> ": " + text)
                .orElse("");
        String name = container.text("name").orElse("");
        if (NO_IMAGE.contains(reason)) {
            return Optional.of(new Trouble("Image " + container.text("image").orElse("") + " of pod " + pod.name()
                    + " cannot be pulled (" + reason + ")" + message));
        }
        if (NO_CONTAINER.contains(reason)) {
            return Optional.of(new Trouble(
                    "Container " + name + " of pod " + pod.name() + " cannot be created (" + reason + ")" + message));
        }
        return reason.equals(CRASHES) ? Optional.of(crash(container, name, message)) : Optional.empty();
    }

    private Trouble crash(Tree container, String name, String message) {
        Tree last = container.at("lastState", "terminated");
        Map<String, String> variables = variables(name);
        String end = !last.exists()
                ? message
                : ", last exit code " + last.number("exitCode")
                        + last.text("reason").map(why -> " (" + why + ")").orElse("")
                        // It may be the last lines of the log, too.
                        + last.text("message")
                                .map(text -> ": " + LastWords.of(text, variables))
                                .orElse("");
        return new Trouble(
                "Container " + name + " of pod " + pod.name() + " is crash-looping (" + CRASHES + ", restarted "
                        + container.number("restartCount") + " times)" + end,
                new Verdict.Container(pod.namespace(), pod.name(), name, variables));
    }

    private Map<String, String> variables(String container) {
        return Stream.of("initContainers", "containers")
                .flatMap(list -> pod.tree().items("spec", list).stream())
                .filter(specified ->
                        specified.text("name").filter(container::equals).isPresent())
                .findFirst()
                .map(LastWords::variables)
                .orElse(Map.of());
    }
}
