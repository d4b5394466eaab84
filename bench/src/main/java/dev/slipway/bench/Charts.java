package dev.slipway.bench;

import dev.slipway.acceptance.git.GitServer;
import dev.slipway.acceptance.gitops.GitOpsScene;
import dev.slipway.acceptance.kubernetes.FluxDouble;
import dev.slipway.acceptance.kubernetes.KubernetesCluster;
import dev.slipway.acceptance.kubernetes.KubernetesPrograms;
import dev.slipway.acceptance.stack.Stack;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/** A chart from the command line of a job to pods that are ready, beside what the reconciler needs for it alone. */
final class Charts {
    private static final String WORK = "slipway gitops deploy → deployed / git commit + push → Flux and its pods ready";

    private final Path folder;
    private int version;

    /** {@code data} is that of the running stack. */
    Charts(Path data) {
        folder = Objects.requireNonNull(data.getParent(), "A stack keeps its data in a folder");
    }

    /** The same chart, branch, release and cluster, in turns; its pods take five seconds. */
    Row ready(int rounds) throws IOException {
        if (!GitServer.isUsable() || !KubernetesPrograms.areBuilt()) {
            return new Row(WORK, GitServer.NEEDS + ", and " + KubernetesPrograms.NEED, "", "");
        }
        try (KubernetesCluster cluster = KubernetesCluster.shared();
                GitOpsScene scene = GitOpsScene.of(Stack.at(folder), "charts")) {
            cluster.start();
            String namespace = cluster.namespace("bench");
            String url = scene.git().plainUrlWithPassword(scene.iac());
            cluster.apply(FluxDouble.manifest(namespace, url, "1s", "60s"));
            scene.readyAfter("5s").declareInFlux(cluster, namespace);
            try (FluxDouble flux = FluxDouble.start(cluster, namespace)) {
                return compare(scene, flux, url, rounds);
            }
        }
    }

    private Row compare(GitOpsScene scene, FluxDouble flux, String url, int rounds) {
        Samples slipway = Samples.none();
        Samples alone = Samples.none();
        for (int i = -1; i < rounds; i++) {
            String ours = "1.0." + version++;
            Duration a = Deployments.time(() -> scene.deploy(ours).expect(0));
            if (i < 0) {
                GitBackend.run(folder, "git clone -q " + url + " by-hand");
            }
            String theirs = "1.0." + version++;
            Duration b = Deployments.time(() -> {
                GitBackend.run(folder.resolve("by-hand"), byHand(theirs));
                flux.awaitReady(theirs);
            });
            if (i >= 0) {
                slipway = slipway.and(a);
                alone = alone.and(b);
            }
        }
        return Row.compare(WORK, slipway, alone);
    }

    private static String byHand(String version) {
        return "git pull -q --ff-only; sed -i 's/^version:.*/version: " + version
                + "/' charts/shop/Chart.yaml; sed -i 's/^  tag:.*/  tag: " + version
                + "/' charts/shop/values.yaml; git commit -qam " + version + "; git push -q";
    }
}
