package dev.slipway.acceptance.git;

import dev.slipway.activities.git.Heartbeat;
import dev.slipway.activities.git.TreeFile;
import dev.slipway.activities.gitops.ChartRendering;
import dev.slipway.activities.gitops.GitIacRepositoryActivities;
import dev.slipway.activities.net.AddressPolicy;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.GitRemote;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.workflows.gitops.ChartChange;
import dev.slipway.workflows.gitops.IacRepositoryActivities.Push;
import dev.slipway.workflows.gitops.PushOutcome;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a worker is to a repository: the activities, with clones of its own. */
final class Pusher {
    private static final Digest CHART = new Digest("sha256:" + "c".repeat(64));
    // As small as a chart can be; how archives are read is another room's affair.
    private static final ChartRendering RENDERING = (_, version, values) -> {
        Map<String, TreeFile> files = new TreeMap<>();
        files.put("Chart.yaml", file("name: shop\nversion: " + version + "\n"));
        files.put("templates/deployment.yaml", file("kind: Deployment\n"));
        values.forEach((name, text) -> files.put("values/" + name, file(text)));
        return files;
    };

    private final Path clones;
    private final Map<String, String> secrets;

    Pusher(Path clones, Map<String, String> secrets) {
        this.clones = clones;
        this.secrets = secrets;
    }

    private static TreeFile file(String text) {
        return new TreeFile(text.getBytes(StandardCharsets.UTF_8), false);
    }

    static IacRepository repository(
            GitRemote remote, @Nullable String credential, @Nullable String authority, List<String> knownHosts) {
        return new IacRepository(
                "charts",
                remote,
                "main",
                credential,
                new IacRepository.Person("Slipway", "slipway@example.com"),
                authority,
                knownHosts,
                null);
    }

    /** The same one, with commits that are signed with what is stored as {@code signingKey}. */
    static IacRepository signed(IacRepository repository, String signingKey) {
        return new IacRepository(
                repository.name(),
                repository.remote(),
                repository.branch(),
                repository.credential(),
                repository.author(),
                repository.certificateAuthority(),
                repository.knownHosts(),
                signingKey);
    }

    static ChartChange.Replace change(String id, String path, String version) {
        return new ChartChange.Replace(
                new DeploymentId(id),
                path,
                CHART,
                version,
                Map.of(),
                "Deploy " + path + " " + version,
                Map.of("Job", "https://ci.example.com/" + id));
    }

    static ChartChange.Revert revert(String id, String path, String commit) {
        return new ChartChange.Revert(new DeploymentId(id), path, commit, "It does not start.");
    }

    List<PushOutcome> push(IacRepository repository, ChartChange... changes) {
        return push(repository, _ -> {}, changes);
    }

    List<PushOutcome> push(IacRepository repository, Heartbeat heartbeat, ChartChange... changes) {
        return new GitIacRepositoryActivities(
                        clones,
                        this::secret,
                        _ -> new ByteArrayInputStream(new byte[0]),
                        RENDERING,
                        new AddressPolicy(List.of(), true),
                        () -> heartbeat)
                .push(new Push(repository, List.of(changes)))
                .outcomes();
    }

    private String secret(String name) {
        String value = secrets.get(name);
        if (value == null) {
            throw new SlipwayException(FailureType.UNKNOWN_SECRET, "There is no secret " + name + ".");
        }
        return value;
    }
}
