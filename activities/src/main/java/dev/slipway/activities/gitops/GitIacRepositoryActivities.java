package dev.slipway.activities.gitops;

import dev.slipway.activities.git.Clones;
import dev.slipway.activities.git.CommitSigner;
import dev.slipway.activities.git.GitAccess;
import dev.slipway.activities.git.GitBranch;
import dev.slipway.activities.git.Heartbeat;
import dev.slipway.activities.net.AddressPolicy;
import dev.slipway.core.artifact.ArtifactSource;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.core.secret.SecretSource;
import dev.slipway.workflows.activity.ActivityFailures;
import dev.slipway.workflows.gitops.ChartChange;
import dev.slipway.workflows.gitops.IacRepositoryActivities;
import dev.slipway.workflows.gitops.PushOutcome;
import io.temporal.activity.Activity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Pushes charts with Git. Nothing of a push is kept but the clone, which is a copy. */
public final class GitIacRepositoryActivities implements IacRepositoryActivities {
    private final Clones clones;
    private final SecretSource secrets;
    private final ArtifactSource artifacts;
    private final ChartRendering charts;
    private final AddressPolicy addresses;
    private final Supplier<Heartbeat> heartbeats;

    /** @param clones the folder of the clones; processes of one machine may share it */
    public GitIacRepositoryActivities(
            Path clones,
            SecretSource secrets,
            ArtifactSource artifacts,
            ChartRendering charts,
            AddressPolicy addresses) {
        this(clones, secrets, artifacts, charts, addresses, () -> Activity.getExecutionContext()::heartbeat);
    }

    /** With heartbeats that are not those of an activity. */
    public GitIacRepositoryActivities(
            Path clones,
            SecretSource secrets,
            ArtifactSource artifacts,
            ChartRendering charts,
            AddressPolicy addresses,
            Supplier<Heartbeat> heartbeats) {
        this.clones = new Clones(clones);
        this.secrets = secrets;
        this.artifacts = artifacts;
        this.charts = charts;
        this.addresses = addresses;
        this.heartbeats = heartbeats;
    }

    @Override
    public Pushed push(Push input) {
        return visit(input, ChangePush::push);
    }

    @Override
    public Pushed find(Push input) {
        return visit(input, ChangePush::find);
    }

    private Pushed visit(Push input, Work work) {
        WatchedWork watched = new WatchedWork(heartbeats.get());
        try {
            return new Pushed(watched.during(() -> visit(input.repository(), input.changes(), work, watched)));
        } catch (SlipwayException e) {
            throw ActivityFailures.of(e.type(), e.failure().message());
        }
    }

    private interface Work {
        List<PushOutcome> on(ChangePush branch, List<ChartChange> changes) throws IOException, InterruptedException;
    }

    private List<PushOutcome> visit(IacRepository repository, List<ChartChange> changes, Work work, Heartbeat heartbeat)
            throws InterruptedException {
        String credential = repository.credential();
        GitAccess access = new GitAccess(
                repository.remote(),
                credential == null ? null : secrets.resolve(credential),
                repository.certificateAuthority(),
                repository.knownHosts());
        return GitBranch.use(
                clones,
                access,
                repository.branch(),
                addresses,
                CommitMessage.TRAILERS,
                heartbeat,
                branch -> work.on(
                        new ChangePush(
                                repository, branch, new ChartFolders(artifacts, charts), signer(repository), heartbeat),
                        changes));
    }

    private CommitSigner signer(IacRepository repository) {
        String key = repository.signingKey();
        return key == null ? CommitSigner.NONE : new StoredKeySigner(secrets, key);
    }
}
