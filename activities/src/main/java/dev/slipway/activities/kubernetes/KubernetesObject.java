package dev.slipway.activities.kubernetes;

import java.time.Instant;
import java.util.Optional;

/** An object of a cluster. */
record KubernetesObject(Kind kind, Tree tree) {
    String name() {
        return tree.text("metadata", "name").orElse("");
    }

    String namespace() {
        return tree.text("metadata", "namespace").orElse("");
    }

    String uid() {
        return tree.text("metadata", "uid").orElse("");
    }

    Instant created() {
        return tree.time("metadata", "creationTimestamp").orElse(Instant.EPOCH);
    }

    Optional<String> label(String name) {
        return tree.text("metadata", "labels", name);
    }

    Optional<String> annotation(String name) {
        return tree.text("metadata", "annotations", name);
    }

    /** Whether its controller has seen the latest of its specification, so that the status is about it. */
    boolean isObserved() {
        return tree.number("status", "observedGeneration") >= tree.number("metadata", "generation");
    }

    boolean isSuspended() {
        return tree.isTrue("spec", "suspend");
    }

    boolean isOwnedBy(KubernetesObject owner) {
        return tree.items("metadata", "ownerReferences").stream()
                .anyMatch(reference ->
                        reference.text("uid").filter(owner.uid()::equals).isPresent());
    }

    Optional<Condition> condition(String type) {
        return tree.items("status", "conditions").stream()
                .filter(condition -> condition.text("type").filter(type::equals).isPresent())
                .map(Condition::of)
                .findFirst();
    }

    boolean isTrue(String condition) {
        return condition(condition).filter(Condition::isTrue).isPresent();
    }

    /** As {@code HelmRelease apps/shop}. */
    @Override
    public String toString() {
        return kind.display() + " " + namespace() + "/" + name();
    }
}
