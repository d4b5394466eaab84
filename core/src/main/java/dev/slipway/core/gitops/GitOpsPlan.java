package dev.slipway.core.gitops;

import dev.slipway.core.fleet.Concurrency;
import dev.slipway.core.fleet.EnvironmentId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was declared when a deployment was accepted; what is declared later changes nothing of it.
 *
 * @param values as they are to be written; nothing is left to substitute
 * @param cluster null where nobody watches
 */
public record GitOpsPlan(
        EnvironmentId environment,
        Concurrency concurrency,
        GitOpsGround ground,
        IacRepository repository,
        @Nullable Cluster cluster,
        Map<String, String> values) {
    public GitOpsPlan {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The plan for a version that {@code job} has built. */
    public static GitOpsPlan of(
            EnvironmentId environment,
            Concurrency concurrency,
            GitOpsGround ground,
            IacRepository repository,
            @Nullable Cluster cluster,
            String version,
            Job job) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("${version}", version);
        words.put("${commit}", job.commit() == null ? "" : job.commit());
        words.put("${branch}", job.branch());
        words.put("${project}", environment.project());
        words.put("${environment}", environment.name());
        Map<String, String> values = new LinkedHashMap<>();
        ground.values().forEach((path, text) -> values.put(path, substituted(text, words)));
        return new GitOpsPlan(environment, concurrency, ground, repository, cluster, values);
    }

    /** Of the object that the reconciler keeps, or of the Helm release. */
    public String namespace() {
        return Objects.requireNonNullElse(ground.namespace(), environment.project());
    }

    /** The object that the reconciler keeps, or the Helm release. */
    public String releaseName() {
        return Objects.requireNonNullElse(ground.releaseName(), environment.project());
    }

    private static String substituted(String text, Map<String, String> words) {
        String result = text;
        for (Map.Entry<String, String> word : words.entrySet()) {
            result = result.replace(word.getKey(), word.getValue());
        }
        return result;
    }
}
