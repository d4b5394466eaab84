package dev.slipway.workflows.gitops;

import dev.slipway.core.failure.Failure;
import dev.slipway.core.gitops.AppEnvironment;
import dev.slipway.core.gitops.GitOpsStatus;
import dev.slipway.core.gitops.OnFailure;
import dev.slipway.core.gitops.Reconciler;
import dev.slipway.workflows.gitops.GitOpsEnding.Commit;
import dev.slipway.workflows.gitops.GitOpsInput.Monitoring;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One deployment, from the job that was verified to the release that runs. */
final class GitOpsDeployment {
    private final GitOpsInput input;
    private final AppEnvironment environment;
    private final GitOpsStory story;
    private final IacPush push;
    private @Nullable Monitoring monitoring;
    private @Nullable Reconciliation reconciliation;
    private @Nullable CancellationScope stoppable;
    private GitOpsEnding.@Nullable Canceled stop;
    private @Nullable Failure refusal;

    GitOpsDeployment(GitOpsInput input) {
        this.input = input;
        environment = input.plan().environment();
        monitoring = input.monitoring();
        story = monitoring == null
                ? new GitOpsStory(input.deployment(), GitOpsStatus.PENDING, null)
                : new GitOpsStory(input.deployment(), GitOpsStatus.MONITORING, monitoring.commit());
        push = new IacPush(input.plan().repository());
    }

    GitOpsState state() {
        return story.state();
    }

    /** The first order to stop counts, but one to revert counts before the others, in whatever order they come. */
    void stop(GitOpsEnding.Canceled ending) {
        boolean first = stop == null;
        if (stop == null || (ending.commit() == Commit.REVERTED && stop.commit() != Commit.REVERTED)) {
            stop = ending;
        }
        if (first && stoppable != null) {
            stoppable.cancel();
        }
    }

    /** Before it watches and after that there is nothing to look at. */
    void look() {
        if (reconciliation != null) {
            reconciliation.look();
        }
    }

    GitOpsResult run() {
        story.begin();
        GitOpsEnding ending = work();
        String[] reason = new String[1];
        Workflow.newDetachedCancellationScope(() -> reason[0] = end(ending)).run();
        return answer(reason[0]);
    }

    private GitOpsEnding work() {
        GitOpsEnding[] ending = new GitOpsEnding[1];
        CancellationScope scope = Workflow.newCancellationScope(() -> ending[0] = untilItEnds());
        stoppable = scope;
        if (stop != null) {
            scope.cancel();
        }
        try {
            scope.run();
            return ending[0];
        } catch (CanceledFailure e) {
            return stopped();
        }
    }

    private GitOpsEnding.Canceled stopped() {
        return stop == null ? new GitOpsEnding.Canceled("Canceled in Temporal.", Commit.STANDS) : stop;
    }

    private GitOpsEnding untilItEnds() {
        Monitoring begun = monitoring;
        if (begun != null) {
            return watch(begun);
        }
        CancellationScope.throwCanceled();
        story.moveTo(GitOpsStatus.VALIDATING, whoAsks());
        story.moveTo(
                GitOpsStatus.PUSHING,
                "%s goes to %s of %s, branch %s."
                        .formatted(
                                input.chart(),
                                environment.path(),
                                environment.iacRepository(),
                                input.plan().repository().branch()));
        IacPushWorkflow.Result made = push.push(change());
        return switch (made.outcome()) {
            case null -> stopped();
            case PushOutcome.Refused refused -> refused(refused.failure());
            case PushOutcome.Committed committed -> pushed(committed.commit(), true, made.since());
            case PushOutcome.Unchanged unchanged -> pushed(unchanged.commit(), false, made.since());
        };
    }

    /** Who wanted it canceled is told that, and what is known of the commit. */
    private GitOpsEnding refused(Failure failure) {
        if (CancellationScope.current().isCancelRequested()) {
            refusal = failure;
            return stopped();
        }
        return new GitOpsEnding.Failed(failure);
    }

    private String whoAsks() {
        return "Job %s runs for branch %s%s; that is environment \"%s\" of app \"%s\"."
                .formatted(
                        input.job().id(),
                        input.job().branch(),
                        input.job().actor() == null ? "" : " by " + input.job().actor(),
                        environment.name(),
                        environment.app());
    }

    private GitOpsEnding pushed(String commit, boolean ours, @Nullable Instant since) {
        Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
        Monitoring begun = new Monitoring(commit, ours, since == null ? now : since, now, null);
        monitoring = begun;
        story.pushed(
                commit,
                ours ? "Committed as " + commit + "." : "Nothing to change: commit " + commit + " holds it already.");
        CancellationScope.throwCanceled();
        if (environment.reconciler() == Reconciler.NONE) {
            return new GitOpsEnding.Deployed("Commit " + commit + " is pushed; nobody watches what becomes of it.");
        }
        story.moveTo(
                GitOpsStatus.MONITORING,
                "Waits for %s to apply it as %s in namespace %s."
                        .formatted(
                                environment.reconciler().wireName(),
                                environment.releaseName(),
                                environment.namespace()));
        return watch(begun);
    }

    private GitOpsEnding watch(Monitoring begun) {
        Reconciliation watched = new Reconciliation(input, story, begun);
        reconciliation = watched;
        return watched.watch();
    }

    private ChartChange.Replace change() {
        Map<String, String> trailers = new LinkedHashMap<>();
        trailers.put("Slipway-App", environment.app() + "/" + environment.name());
        put(trailers, "Slipway-Job", input.job().url());
        put(trailers, "Slipway-Source", input.job().commit());
        put(trailers, "Slipway-Actor", input.job().actor());
        put(
                trailers,
                "Slipway-Rollback-Of",
                input.rollbackOf() == null ? null : input.rollbackOf().value());
        return new ChartChange.Replace(
                input.deployment(),
                environment.path(),
                input.chart().digest(),
                input.chart().version(),
                input.plan().values(),
                (input.rollbackOf() == null ? "Deploy " : "Roll back to ") + input.chart() + " to " + environment.app()
                        + " " + environment.name(),
                trailers);
    }

    private static void put(Map<String, String> trailers, String name, @Nullable String value) {
        if (value != null) {
            trailers.put(name, value);
        }
    }

    /** Answers with all that is to be said of it. */
    private String end(GitOpsEnding ending) {
        String reason = ending.reason()
                + switch (ending) {
                    case GitOpsEnding.Deployed _ -> "";
                    case GitOpsEnding.Failed failed ->
                        environment.onFailure() == OnFailure.REVERT ? revert(failed.reason()) : "";
                    case GitOpsEnding.Canceled canceled ->
                        switch (canceled.commit()) {
                            case STANDS -> stands();
                            case REVERTED -> revert(canceled.reason());
                            case REPLACED -> "";
                        };
                };
        switch (ending) {
            case GitOpsEnding.Deployed _ -> story.moveTo(GitOpsStatus.DEPLOYED, reason);
            case GitOpsEnding.Failed failed ->
                story.failed(new Failure(failed.failure().type(), reason));
            case GitOpsEnding.Canceled _ -> story.moveTo(GitOpsStatus.CANCELED, reason);
        }
        story.end(reason);
        return reason;
    }

    private String stands() {
        Monitoring made = monitoring;
        if (made == null) {
            return refusal == null ? "" : " Nothing was pushed that is known of: " + refusal.message();
        }
        return made.ours()
                ? " Commit " + made.commit() + " stands; to take it back: slipway rollback " + input.deployment()
                : "";
    }

    /** Commits again what was there before, where something of ours is there. Says what has become of it. */
    private String revert(String reason) {
        Monitoring made = monitoring;
        if (made == null) {
            return stands();
        }
        if (!made.ours()) {
            return " Nothing was reverted: commit " + made.commit() + " is not of this deployment.";
        }
        story.tell("Takes commit " + made.commit() + " back.");
        PushOutcome outcome = push.push(
                        new ChartChange.Revert(input.deployment(), environment.path(), made.commit(), reason))
                .outcome();
        return switch (outcome) {
            case PushOutcome.Committed committed -> " Reverted by commit " + committed.commit() + ".";
            case PushOutcome.Unchanged _ -> " Nothing was reverted: somebody has changed the folder since.";
            case PushOutcome.Refused refused ->
                " Commit " + made.commit() + " stands, as it could not be reverted: "
                        + refused.failure().message();
            case null -> " Commit " + made.commit() + " stands.";
        };
    }

    private GitOpsResult answer(String reason) {
        Failure failure = story.failure();
        if (failure != null) {
            throw ApplicationFailure.newNonRetryableFailure(
                    failure.message(), failure.type().wireName());
        }
        if (story.status() == GitOpsStatus.CANCELED
                && CancellationScope.current().isCancelRequested()) {
            throw new CanceledFailure(reason);
        }
        return new GitOpsResult(story.status(), story.state().commit(), reason);
    }
}
