package dev.slipway.activities.kubernetes;

/** What a reconciler says, and what it has put into the cluster for it. */
record Reconciled(Progress progress, Members members) {
    static Reconciled waiting(String summary) {
        return new Reconciled(new Progress.Waiting(summary), Members.NONE);
    }

    static Reconciled failed(String message) {
        return new Reconciled(new Progress.Failed(message), Members.NONE);
    }
}
