package dev.slipway.acceptance.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A double of Flux's source-controller and helm-controller, which cannot be built here, for one namespace. It is written
 * from Flux's API documentation, of GitRepository v1 and HelmRelease v2. It really fetches the Git repository, really runs
 * {@code helm upgrade --install} with the chart from there, and tells of it in the status as those two do: conditions,
 * generations, artifact, history, failures, retries and remediation by rollback. Of what they can do beside, it does
 * nothing; and it makes no HelmChart objects.
 */
public final class FluxDouble implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FluxDouble.class);
    private static final Duration PERIOD = Duration.ofMillis(200);

    private final KubernetesClient client;
    private final String namespace;
    private final GitDouble git;
    private final HelmDouble helm;
    private final Thread thread;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private FluxDouble(KubernetesCluster cluster, String namespace) {
        this.client = cluster.client();
        this.namespace = namespace;
        Path folder = cluster.folder("flux-" + namespace);
        this.git = GitDouble.start(client, folder);
        this.helm = new HelmDouble(cluster);
        this.thread = Thread.ofVirtual().name("flux").unstarted(this::run);
    }

    public static FluxDouble start(KubernetesCluster cluster, String namespace) {
        FluxDouble flux = new FluxDouble(cluster, namespace);
        flux.thread.start();
        return flux;
    }

    /** A GitRepository and a HelmRelease, both named shop, for the chart of {@code repository}. */
    static String manifest(String namespace, ChartRepository repository, String interval, String timeout) {
        return manifest(namespace, repository.url(), interval, timeout);
    }

    /** The same for the chart that lies at charts/shop of the repository with this URL. */
    public static String manifest(String namespace, String url, String interval, String timeout) {
        return """
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: shop, namespace: %1$s}
                spec: {url: "%2$s", interval: %3$s, ref: {branch: main}}
                ---
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: {name: shop, namespace: %1$s}
                spec:
                  interval: 1h
                  timeout: %4$s
                  chart: {spec: {chart: charts/shop, sourceRef: {kind: GitRepository, name: shop}}}
                  upgrade: {remediation: {retries: 0, remediateLastFailure: true}}
                """.formatted(namespace, url, interval, timeout);
    }

    /** Waits until release shop, and its Deployment, are ready at {@code version}: a watch, as kubectl has it. */
    public void awaitReady(String version) {
        client.genericKubernetesResources(FluxStatus.HELM_RELEASE)
                .inNamespace(namespace)
                .withName("shop")
                .waitUntilCondition(
                        release ->
                                text(release, "status", "lastAttemptedRevision").equals(version) && isReady(release),
                        2,
                        TimeUnit.MINUTES);
        client.apps().deployments().inNamespace(namespace).withName("shop").waitUntilReady(2, TimeUnit.MINUTES);
    }

    private static boolean isReady(GenericKubernetesResource release) {
        return release.getAdditionalProperties().get("status") instanceof Map<?, ?> status
                && status.get("conditions") instanceof List<?> conditions
                && conditions.stream()
                        .anyMatch(condition -> condition instanceof Map<?, ?> told
                                && "Ready".equals(told.get("type"))
                                && "True".equals(told.get("status")));
    }

    private void run() {
        try {
            while (!closed) {
                reconcile();
                Thread.sleep(PERIOD);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reconcile() {
        try {
            for (GenericKubernetesResource repository : list(FluxStatus.GIT_REPOSITORY)) {
                git.reconcile(repository);
            }
            for (GenericKubernetesResource release : list(FluxStatus.HELM_RELEASE)) {
                if (underWay.add(release.getMetadata().getName())) {
                    Thread.ofVirtual().start(() -> reconcile(release));
                }
            }
        } catch (KubernetesClientException e) {
            log.debug("It is tried again when the API server is back", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void reconcile(GenericKubernetesResource release) {
        try {
            String source = text(release, "spec", "chart", "spec", "sourceRef", "name");
            GenericKubernetesResource repository = client.genericKubernetesResources(FluxStatus.GIT_REPOSITORY)
                    .inNamespace(namespace)
                    .withName(source)
                    .get();
            if (repository != null
                    && !text(repository, "status", "artifact", "revision").isEmpty()) {
                helm.reconcile(release, git.checkout(repository), closed);
            }
        } catch (KubernetesClientException e) {
            log.debug("It is tried again when the API server is back", e);
        } finally {
            underWay.remove(release.getMetadata().getName());
        }
    }

    private List<GenericKubernetesResource> list(ResourceDefinitionContext kind) {
        return client.genericKubernetesResources(kind)
                .inNamespace(namespace)
                .list()
                .getItems();
    }

    static String text(GenericKubernetesResource object, String... path) {
        Object at = object.getAdditionalProperties();
        for (String step : path) {
            at = at instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return at == null ? "" : at.toString();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        git.close();
    }
}
