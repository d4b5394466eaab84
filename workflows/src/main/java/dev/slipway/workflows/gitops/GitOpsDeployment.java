package dev.slipway.workflows.gitops;

import dev.slipway.core.deployment.Actor;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.gitops.GitOpsGround;
import dev.slipway.core.gitops.GitOpsMessage;
import dev.slipway.core.gitops.GitOpsStatus;
import dev.slipway.core.gitops.OnFailure;
import dev.slipway.core.gitops.Reconciler;
import dev.slipway.core.message.Message;
import dev.slipway.workflows.deployment.Admission;
import dev.slipway.workflows.deployment.Controlled;
import dev.slipway.workflows.deployment.DeploymentState;
import dev.slipway.workflows.deployment.DeploymentStory;
import dev.slipway.workflows.deployment.Lifecycle;
import dev.slipway.workflows.deployment.OrderAnswer;
import dev.slipway.workflows.deployment.Stop;
import dev.slipway.workflows.gitops.GitOpsInput.Monitoring;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One deployment, from the job that was verified to the chart that runs. */
final class GitOpsDeployment implements Controlled {
    private final GitOpsInput input;
    private final GitOpsGround ground;
    private final DeploymentStory<GitOpsStatus> story;
    private final Lifecycle lifecycle;
    private final Admission admission;
    private final IacPush push;
    private final Reversion reversion;
    private @Nullable Monitoring monitoring;
    private @Nullable Reconciliation reconciliation;
    private @Nullable Failure refusal;

    GitOpsDeployment(GitOpsInput input) {
        this.input = input;
        ground = input.plan().ground();
        monitoring = input.monitoring();
        story = new DeploymentStory<>(
                input.deployment(), input.actor(), monitoring == null ? GitOpsStatus.PENDING : GitOpsStatus.MONITORING);
        story.recall(monitoring == null ? null : monitoring.commit());
        lifecycle = new Lifecycle(story);
        admission = new Admission(input.deployment(), input.environment(), input.concurrency());
        push = new IacPush(input.plan().repository());
        reversion = new Reversion(input, story, push);
    }

    GitOpsResult run() {
        story.begin();
        return answer(lifecycle.run(this::work, GitOpsEnding.Stopped::new, this::end));
    }

    private GitOpsEnding work() {
        Monitoring begun = monitoring;
        if (begun != null) {
            return watch(begun);
        }
        Optional<Failure> refused = admission.await();
        if (refused.isPresent()) {
            return new GitOpsEnding.Failed(refused.get());
        }
        story.moveTo(
                GitOpsStatus.VALIDATING,
                GitOpsMessage.JOB_VERIFIED.with(
                        "job", input.job().id(),
                        "branch", input.job().branch(),
                        "actor", input.job().actor(),
                        "environment", input.environment()));
        story.moveTo(
                GitOpsStatus.PUSHING,
                GitOpsMessage.CHART_QUEUED.with(
                        "chart", input.chart(),
                        "path", ground.path(),
                        "repository", ground.iacRepository(),
                        "branch", input.plan().repository().branch()));
        PushResult made = push.push(Commits.replacing(input));
        return switch (made.outcome()) {
            case null -> throw new CanceledFailure("The change was withdrawn");
            case PushOutcome.Refused refusedPush -> refused(refusedPush.failure());
            case PushOutcome.Committed committed -> pushed(committed.commit(), true, made.since());
            case PushOutcome.Unchanged unchanged -> pushed(unchanged.commit(), false, made.since());
        };
    }

    // Where it was canceled meanwhile, it ends as canceled, with what is known of the commit.
    private GitOpsEnding refused(Failure failure) {
        if (CancellationScope.current().isCancelRequested()) {
            refusal = failure;
            throw new CanceledFailure("The push was refused");
        }
        return new GitOpsEnding.Failed(failure);
    }

    private GitOpsEnding pushed(String commit, boolean ours, @Nullable Instant since) {
        Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
        Monitoring begun = new Monitoring(commit, ours, since == null ? now : since, now, null);
        monitoring = begun;
        story.committed(
                commit,
                GitOpsStatus.PUSHED,
                (ours ? GitOpsMessage.CHART_COMMITTED : GitOpsMessage.CHART_UNCHANGED).with("commit", commit));
        CancellationScope.throwCanceled();
        if (ground.reconciler() == Reconciler.NONE) {
            return new GitOpsEnding.Deployed(GitOpsMessage.NOT_MONITORED.with("commit", commit));
        }
        story.moveTo(
                GitOpsStatus.MONITORING,
                GitOpsMessage.RECONCILER_AWAITED.with(
                        "reconciler", ground.reconciler().wireName(),
                        "name", input.plan().releaseName(),
                        "namespace", input.plan().namespace()));
        return watch(begun);
    }

    private GitOpsEnding watch(Monitoring begun) {
        Reconciliation watched = new Reconciliation(input, story, begun, lifecycle::isStopped);
        reconciliation = watched;
        return watched.watch();
    }

    /** As in a release: the lock is released before the end is reported. */
    private GitOpsResult end(GitOpsEnding ending) {
        End end = switch (ending) {
            case GitOpsEnding.Deployed deployed ->
                new End(GitOpsStatus.DEPLOYED, null, deployed.message(), input.actor());
            case GitOpsEnding.Failed failed -> failed(failed.failure());
            case GitOpsEnding.Stopped stopped -> stopped(stopped.stop());
        };
        admission.leave();
        story.moveTo(end.status(), false, end.failure(), end.message(), end.actor());
        story.end(end.message(), end.actor());
        return new GitOpsResult(end.status(), story.commit(), end.message());
    }

    private End failed(Failure failure) {
        Monitoring made = monitoring;
        Message message = ground.onFailure() == OnFailure.REVERT && made != null
                ? failure.detail()
                        .and(reversion
                                .of(made, failure.message(), input.actor())
                                .message())
                : failure.detail();
        return new End(GitOpsStatus.FAILED, new Failure(failure.type(), message), message, input.actor());
    }

    private End stopped(Stop stop) {
        Monitoring made = monitoring;
        return switch (stop) {
            case Stop.Rollback _
            when made != null -> {
                Reversion.Reverted reverted = reversion.of(made, stop.message().toString(), stop.actor());
                yield new End(
                        reverted.status(), reverted.failure(), stop.message().and(reverted.message()), stop.actor());
            }
            // The commit of the next deployment comes on top.
            case Stop.Superseded _ -> new End(GitOpsStatus.CANCELED, null, stop.message(), stop.actor());
            default -> new End(GitOpsStatus.CANCELED, null, stop.message().and(whatStands()), stop.actor());
        };
    }

    private List<Message> whatStands() {
        Monitoring made = monitoring;
        Failure unmade = refusal;
        if (made != null && made.ours()) {
            return List.of(GitOpsMessage.COMMIT_STANDS.with("commit", made.commit(), "deployment", input.deployment()));
        }
        return unmade == null || made != null
                ? List.of()
                : List.of(GitOpsMessage.NOTHING_PUSHED.with().and(unmade.detail()));
    }

    private GitOpsResult answer(GitOpsResult result) {
        Failure failure = story.failure();
        if (failure != null) {
            throw ApplicationFailure.newNonRetryableFailure(
                    failure.message(), failure.type().wireName());
        }
        if (result.status() == GitOpsStatus.CANCELED
                && CancellationScope.current().isCancelRequested()) {
            throw new CanceledFailure(result.message().toString());
        }
        return result;
    }

    /** What has become of a change that was queued. */
    void pushed(PushResult result) {
        push.answered(result);
    }

    /** Before it watches and after that there is nothing to look at. */
    void look() {
        if (reconciliation != null) {
            reconciliation.look();
        }
    }

    @Override
    public OrderAnswer stop(Stop stop) {
        return lifecycle.stop(stop);
    }

    @Override
    public void admitted(long epoch) {
        admission.admitted(epoch);
    }

    @Override
    public void rejected(String holder) {
        admission.rejected(holder);
    }

    @Override
    public DeploymentState state() {
        return new DeploymentState(
                story.status().wireName(), story.waiting(), story.failure(), story.commit(), 0, List.of());
    }

    private record End(GitOpsStatus status, @Nullable Failure failure, Message message, Actor actor) {}
}
