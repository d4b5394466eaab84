package dev.slipway.core.gitops;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was declared when a deployment was accepted; what is declared later changes nothing of it.
 *
 * @param values as they are to be written; nothing is left to substitute
 * @param cluster null where nobody watches
 */
public record GitOpsPlan(
        AppEnvironment environment,
        IacRepository repository,
        @Nullable Cluster cluster,
        Map<String, String> values) {
    public GitOpsPlan {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The plan for a version that {@code job} has built. */
    public static GitOpsPlan of(
            AppEnvironment environment, IacRepository repository, @Nullable Cluster cluster, String version, Job job) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("${version}", version);
        words.put("${commit}", job.commit() == null ? "" : job.commit());
        words.put("${branch}", job.branch());
        words.put("${app}", environment.app());
        words.put("${environment}", environment.name());
        Map<String, String> values = new LinkedHashMap<>();
        environment.values().forEach((path, text) -> values.put(path, substituted(text, words)));
        return new GitOpsPlan(environment, repository, cluster, values);
    }

    private static String substituted(String text, Map<String, String> words) {
        String result = text;
        for (Map.Entry<String, String> word : words.entrySet()) {
            result = result.replace(word.getKey(), word.getValue());
        }
        return result;
    }
}
