package dev.slipway.core.gitops;

import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import dev.slipway.core.input.Texts;
import dev.slipway.core.manifest.Field;
import dev.slipway.core.manifest.Form;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ground of an environment to which the commits of some branches are deployed by way of a Git repository.
 *
 * @param branch which branches
 * @param path the folder of the chart in the IaC repository, such as {@code charts/shop}
 * @param values what is set in the chart's {@code values.yaml}: by path with dots, such as {@code image.tag}; the texts
 *     may use {@code ${version}}, {@code ${commit}}, {@code ${branch}}, {@code ${project}} and {@code ${environment}}
 * @param cluster names a {@link Cluster}; null only where nobody watches
 * @param namespace of the Helm release or of the reconciler's object
 * @param releaseName the reconciler's object, or the Helm release
 * @param timeout of the monitoring
 * @param nudge whether Flux is asked to look at once
 */
public record GitOpsGround(
        @Field(
                value =
                        "Which branches are deployed here: * stands for what is between two slashes, ** for anything. A branch"
                                + " comes before a glob, a longer glob before a shorter one.",
                type = "branch or glob")
        BranchPattern branch,

        @Field(value = "Where the chart is pushed to.", form = Form.NAME, type = "name of an IacRepository")
        String iacRepository,

        @Field(
                value =
                        "The folder of the chart in the IaC repository, for example charts/shop. It contains the chart only:"
                                + " files that the chart lacks are removed.",
                type = "path")
        String path,

        @Field(
                value =
                        "Values to set in values.yaml, by dotted path, for example image.tag: \"${version}\". Comments and order stay."
                                + " May use ${version}, ${commit}, ${branch}, ${project} and ${environment}. At most 16,384 characters in"
                                + " all.",
                type = "paths and texts")
        Map<String, String> values,

        @Field(
                value = "Where the reconciler runs. Required, except for reconciler none.",
                form = Form.NAME,
                type = "name of a Cluster")
        @Nullable
        String cluster,

        @Field(
                value =
                        "What applies the commit. flux: a HelmRelease or Kustomization. helm: release secrets. argocd: an"
                                + " Application. none: the deployment ends with the push.",
                defaultValue = "flux")
        Reconciler reconciler,

        @Field(
                value = "Namespace of the reconciler's object, or of the Helm release.",
                form = Form.NAME,
                otherwise = "the project's name")
        @Nullable
        String namespace,

        @Field(
                value = "Name of the reconciler's object, or of the Helm release.",
                form = Form.NAME,
                otherwise = "the project's name")
        @Nullable
        String releaseName,

        @Field(
                value = "Time limit from the push until everything is ready.",
                defaultValue = "10m",
                min = "1s",
                max = "24h")
        Duration timeout,

        @Field(
                value = "Requests an immediate reconciliation from Flux. Needs permission to patch Flux's objects.",
                defaultValue = "false")
        boolean nudge,

        @Field(
                value =
                        "What happens to the commit of a deployment that fails after its push. stop: it stays. revert: the previous"
                                + " content is committed again.",
                defaultValue = "stop")
        OnFailure onFailure) {
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(24);
    private static final int LONGEST_PATH = 512;
    // Fifty pushes go together in one message to Temporal, which takes two megabytes.
    private static final int MOST_OF_VALUES = 16 << 10;
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
    private static final Pattern VALUE_PATH = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+){0,19}");

    public GitOpsGround {
        Names.requireName("iacRepository", iacRepository);
        if (namespace != null) {
            Names.requireName("namespace", namespace);
        }
        if (releaseName != null) {
            Names.requireName("releaseName", releaseName);
        }
        requirePath(path);
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        values.forEach(GitOpsGround::requireValue);
        requireNoneInAnother(values.keySet());
        requireFew(values);
        if (cluster != null) {
            Names.requireName("cluster", cluster);
        } else if (reconciler != Reconciler.NONE) {
            throw new InvalidInputException("cluster", "is missing; set it to the cluster of the reconciler");
        }
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new InvalidInputException("timeout", "must be from 1s to 24h");
        }
    }

    /** This one, where the object or release that has no declared name is called as the project is. */
    public GitOpsGround named(String project) {
        return new GitOpsGround(
                branch,
                iacRepository,
                path,
                values,
                cluster,
                reconciler,
                Objects.requireNonNullElse(namespace, project),
                Objects.requireNonNullElse(releaseName, project),
                timeout,
                nudge,
                onFailure);
    }

    private static void requirePath(String path) {
        if (path.length() > LONGEST_PATH) {
            throw new InvalidInputException("path", "is longer than " + LONGEST_PATH + " characters");
        }
        for (String segment : path.split("/", -1)) {
            if (!SEGMENT.matcher(segment).matches()) {
                throw new InvalidInputException(
                        "path",
                        "invalid path \"" + Names.shown(path)
                                + "\": expected a folder of the repository, for example charts/shop");
            }
        }
    }

    private static void requireValue(String path, String text) {
        if (!VALUE_PATH.matcher(path).matches()) {
            throw new InvalidInputException(
                    "values",
                    "invalid path \"" + Names.shown(path)
                            + "\": expected a path into values.yaml, for example image.tag");
        }
        Texts.requireLine("values." + path, text);
    }

    private static void requireFew(Map<String, String> values) {
        int all = values.entrySet().stream()
                .mapToInt(value -> value.getKey().length() + value.getValue().length())
                .sum();
        if (all > MOST_OF_VALUES) {
            throw new InvalidInputException(
                    "values", "are longer than 16,384 characters in all; move constant values into the chart");
        }
    }

    private static void requireNoneInAnother(Set<String> paths) {
        for (String path : paths) {
            for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
                if (paths.contains(path.substring(0, dot))) {
                    throw new InvalidInputException(
                            "values." + path, "conflicts with " + path.substring(0, dot) + ", which is a scalar");
                }
            }
        }
    }
}
