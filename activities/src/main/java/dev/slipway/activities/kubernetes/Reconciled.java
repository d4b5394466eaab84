package dev.slipway.activities.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a reconciler says, and what it has put into the cluster for it. */
record Reconciled(Progress progress, List<Members> members) {
    public Reconciled {
        members = List.copyOf(members);
    }

    Reconciled(Progress progress, Members members) {
        this(progress, List.of(members));
    }

    static Reconciled waiting(String summary) {
        return new Reconciled(new Progress.Waiting(summary), List.of());
    }

    /** Together with what it has applied that applies more: a failure there is the reason for what is said here. */
    Reconciled with(List<Reconciled> nested) {
        Optional<Progress> failed = first(nested, Progress.Failed.class);
        Optional<Progress> waiting =
                progress instanceof Progress.Applied ? first(nested, Progress.Waiting.class) : Optional.empty();
        List<Members> all = new ArrayList<>(members);
        nested.forEach(one -> all.addAll(one.members));
        return new Reconciled(failed.or(() -> waiting).orElse(progress), all);
    }

    private static Optional<Progress> first(List<Reconciled> nested, Class<? extends Progress> kind) {
        return nested.stream()
                .map(Reconciled::progress)
                .filter(kind::isInstance)
                .findFirst();
    }
}
