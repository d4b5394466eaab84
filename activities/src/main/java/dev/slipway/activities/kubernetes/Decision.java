package dev.slipway.activities.kubernetes;

import dev.slipway.workflows.gitops.ReconciliationActivities.Watched;

/** What is to be said of a reconciliation, by what is to be seen in the cluster. Pure: the same view, the same verdict. */
final class Decision {
    private Decision() {}

    static Verdict decide(Watched watched, View view) {
        Reconciled reconciled = reconciled(watched, view);
        boolean applied = reconciled.progress() instanceof Progress.Applied;
        Rollout rollout = new Workloads(view, watched.pushedAt(), applied).look(reconciled.members());
        return switch (reconciled.progress()) {
            case Progress.Failed(var message) ->
                rollout.trouble()
                        .map(trouble -> Verdict.broken(message + "\n" + trouble.message(), trouble.logs()))
                        .orElseGet(() -> Verdict.broken(message, null));
            case Progress.Waiting(var summary, var nudge) ->
                unlessInTrouble(
                        rollout,
                        Verdict.progressing(
                                rollout.isComplete() ? summary : summary + "; " + rollout.summary(),
                                rollout.again(),
                                nudge));
            case Progress.Applied(var summary) ->
                unlessInTrouble(
                        rollout,
                        rollout.isComplete()
                                ? Verdict.ready(summary)
                                : Verdict.progressing(rollout.summary(), rollout.again(), null));
        };
    }

    private static Verdict unlessInTrouble(Rollout rollout, Verdict otherwise) {
        return rollout.trouble()
                .map(trouble -> Verdict.broken(trouble.message(), trouble.logs()))
                .orElse(otherwise);
    }

    private static Reconciled reconciled(Watched watched, View view) {
        return switch (watched.reconciler()) {
            case FLUX -> new FluxDecision(watched, view).look();
            case HELM -> new HelmDecision(watched, view).look();
            case ARGOCD -> new ArgoDecision(watched, view).look();
            case NONE -> new Reconciled(new Progress.Applied("This environment is not monitored"), Members.NONE);
        };
    }
}
