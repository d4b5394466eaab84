package dev.slipway.bench;

import dev.slipway.activities.git.TreeFile;
import dev.slipway.activities.gitops.GitIacRepositoryActivities;
import dev.slipway.activities.net.AddressPolicy;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.gitops.GitRemote;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.workflows.gitops.ChartChange;
import dev.slipway.workflows.gitops.IacRepositoryActivities.Push;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Pushes of a chart beside what the command line of Git needs for the same, to the same server. */
final class Pushes {
    private static final int WAITING = 50;

    private final Path folder;
    private final GitIacRepositoryActivities slipway;
    private int changes;

    Pushes(Path folder) {
        this.folder = folder;
        slipway = new GitIacRepositoryActivities(
                folder.resolve("clones"),
                name -> name,
                _ -> InputStream.nullInputStream(),
                (_, version, _) -> Map.of(
                        "Chart.yaml",
                        new TreeFile(("version: " + version + "\n").getBytes(StandardCharsets.UTF_8), false)),
                new AddressPolicy(List.of(), true),
                () -> _ -> {});
    }

    /** One push of one chart, in repositories of several sizes, and {@value #WAITING} that wait. */
    List<Row> rows(int rounds) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (GitBackend backend = new GitBackend(folder)) {
            rows.add(one(backend, "1 file", 1, 1, rounds));
            rows.add(one(backend, "100 files", 100, 1, rounds));
            rows.add(one(backend, "10,000 files", 10_000, 1, rounds));
            rows.add(one(backend, "10,000 commits", 100, 10_000, rounds));
            rows.add(together(backend, Math.max(1, rounds / 5)));
        }
        return rows;
    }

    private Row one(GitBackend backend, String size, int files, int commits, int rounds) throws IOException {
        String name = size.replaceAll("\\W", "") + ".git";
        seed(name, files, commits);
        IacRepository repository = repository(backend, name);
        GitBackend.run(folder, "git clone -q " + backend.url(name) + " checkout-" + name);
        Samples ours = Samples.none();
        Samples git = Samples.none();
        for (int i = -5; i < rounds; i++) {
            Duration a = Deployments.time(() -> push(repository, 1));
            int version = changes++;
            Duration b = Deployments.time(() -> GitBackend.run(
                    folder.resolve("checkout-" + name),
                    "git pull -q --ff-only; mkdir -p charts/git; echo version: 1.0." + version
                            + " > charts/git/Chart.yaml; git add charts/git; git commit -qm git; git push -q"));
            if (i >= 0) {
                ours = ours.and(a);
                git = git.and(b);
            }
        }
        return Row.compare("push of a chart, " + size + " / git fetch + commit + push", ours, git);
    }

    private Row together(GitBackend backend, int rounds) throws IOException {
        seed("together.git", 100, 1);
        IacRepository repository = repository(backend, "together.git");
        Samples together = Samples.none();
        Samples apart = Samples.none();
        for (int i = 0; i < rounds; i++) {
            together = together.and(Deployments.time(() -> push(repository, WAITING)));
            apart = apart.and(Deployments.time(() -> IntStream.range(0, WAITING).forEach(_ -> push(repository, 1))));
        }
        return new Row(
                WAITING + " waiting pushes together / one by one",
                together.toString(),
                apart.toString(),
                String.format(Locale.ROOT, "%.1f× faster", apart.median() / together.median()));
    }

    private void push(IacRepository repository, int count) {
        List<ChartChange> wanted = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int change = changes++;
            wanted.add(new ChartChange.Replace(
                    new DeploymentId("bench" + change),
                    "charts/shop-" + i,
                    new Digest("sha256:" + "0".repeat(64)),
                    "1.0." + change,
                    Map.of(),
                    "Deploy shop 1.0." + change,
                    Map.of()));
        }
        slipway.push(new Push(repository, wanted));
    }

    private static IacRepository repository(GitBackend backend, String name) {
        return new IacRepository(
                name.replace(".git", "").toLowerCase(Locale.ROOT),
                GitRemote.parse("url", backend.url(name)),
                "main",
                null,
                IacRepository.Person.SLIPWAY,
                null,
                List.of(),
                null);
    }

    private void seed(String name, int files, int commits) throws IOException {
        StringBuilder stream = new StringBuilder();
        for (int commit = 0; commit < commits; commit++) {
            stream.append("commit refs/heads/main\ncommitter bench <bench@localhost> ")
                    .append(1_700_000_000 + commit)
                    .append(" +0000\ndata 1\nx\n");
            for (int file = 0; file < (commit == 0 ? files : 1); file++) {
                String content = commit + " " + file;
                stream.append("M 100644 inline apps/%d/%d.yaml\ndata %d\n%s\n"
                        .formatted(file % 100, file, content.length(), content));
            }
        }
        Path input = Files.writeString(folder.resolve(name + ".stream"), stream);
        GitBackend.run(
                folder,
                "git init -q --bare -b main " + name + "; git -C " + name + " config http.receivepack true; git -C "
                        + name + " fast-import --quiet < " + input + "; rm " + input);
    }
}
