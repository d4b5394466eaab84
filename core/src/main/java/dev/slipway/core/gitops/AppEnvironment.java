package dev.slipway.core.gitops;

import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import dev.slipway.core.input.Texts;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the commits of some branches of an app go.
 *
 * @param branch which branches
 * @param path the folder of the chart in the IaC repository, such as {@code charts/shop}
 * @param values what is set in the chart's {@code values.yaml}: by path with dots, such as {@code image.tag}; the texts
 *     may use {@code ${version}}, {@code ${commit}}, {@code ${branch}}, {@code ${app}} and {@code ${environment}}
 * @param cluster names a {@link Cluster}; null only where nobody watches
 * @param namespace of the Helm release or of the reconciler's object
 * @param releaseName the reconciler's object, or the Helm release
 * @param timeout of the monitoring
 * @param nudge whether Flux is asked to look at once
 */
public record AppEnvironment(
        String app,
        String name,
        BranchPattern branch,
        String iacRepository,
        String path,
        Map<String, String> values,
        @Nullable String cluster,
        Reconciler reconciler,
        String namespace,
        String releaseName,
        Duration timeout,
        boolean nudge,
        OnFailure onFailure) {
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(24);
    private static final int LONGEST_PATH = 512;
    // Fifty pushes go together in one message to Temporal, which takes two megabytes.
    private static final int MOST_OF_VALUES = 16 << 10;
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
    private static final Pattern VALUE_PATH = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+){0,19}");

    public AppEnvironment {
        Names.requireName("app", app);
        Names.requireName("name", name);
        Names.requireName("iacRepository", iacRepository);
        Names.requireName("namespace", namespace);
        Names.requireName("releaseName", releaseName);
        requirePath(path);
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        values.forEach(AppEnvironment::requireValue);
        requireNoneInAnother(values.keySet());
        requireFew(values);
        if (cluster != null) {
            Names.requireName("cluster", cluster);
        } else if (reconciler != Reconciler.NONE) {
            throw new InvalidInputException("cluster", "is missing; it is where the reconciler runs");
        }
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new InvalidInputException("timeout", "must be from 1s to 24h");
        }
    }

    private static void requirePath(String path) {
        if (path.length() > LONGEST_PATH) {
            throw new InvalidInputException("path", "is longer than " + LONGEST_PATH + " characters");
        }
        for (String segment : path.split("/", -1)) {
            if (!SEGMENT.matcher(segment).matches()) {
                throw new InvalidInputException(
                        "path", "\"" + Names.shown(path) + "\" is no folder of a repository, as in charts/shop");
            }
        }
    }

    private static void requireValue(String path, String text) {
        if (!VALUE_PATH.matcher(path).matches()) {
            throw new InvalidInputException(
                    "values", "\"" + Names.shown(path) + "\" is no path into values.yaml, as in image.tag");
        }
        Texts.requireLine("values." + path, text);
    }

    private static void requireFew(Map<String, String> values) {
        int all = values.entrySet().stream()
                .mapToInt(value -> value.getKey().length() + value.getValue().length())
                .sum();
        if (all > MOST_OF_VALUES) {
            throw new InvalidInputException(
                    "values", "are longer than 16,384 characters in all; put what does not change into the chart");
        }
    }

    private static void requireNoneInAnother(Set<String> paths) {
        for (String path : paths) {
            for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
                if (paths.contains(path.substring(0, dot))) {
                    throw new InvalidInputException(
                            "values." + path, "cannot be set beside " + path.substring(0, dot) + ", which is a text");
                }
            }
        }
    }
}
