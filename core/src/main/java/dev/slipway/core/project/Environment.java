package dev.slipway.core.project;

import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.fleet.Concurrency;
import dev.slipway.core.fleet.EnvironmentId;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.gitops.GitOpsGround;
import dev.slipway.core.input.Names;
import dev.slipway.core.manifest.Field;
import dev.slipway.core.manifest.Form;
import dev.slipway.core.manifest.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where something is deployed, under which rules, and on which ground: targets, in the order in which they were declared,
 * or a cluster that a reconciler keeps as a Git repository says.
 */
@Kind(
        value = "A place to deploy to, with its rules. Has targets or gitops, not both.",
        oneOf = {"targets", "gitops"})
public record Environment(
        @Field(value = "The project that owns it.", form = Form.NAME, defaultValue = EnvironmentId.DEFAULT_PROJECT)
        String project,

        @Field(
                value =
                        "Unique in its project, for example staging. Deployments refer to it, as PROJECT/NAME from elsewhere.",
                form = Form.NAME)
        String name,

        @Field(
                value =
                        "What happens to a deployment while another one of the environment is running. queue: it waits for"
                                + " the lock. supersede: the other one is canceled. reject: the new one is refused.",
                otherwise = "`queue`; with `gitops`: `supersede`")
        Concurrency concurrency,

        @Field(
                value = "Where the components of a release run, in the order in which they are deployed. At least one.",
                type = "list of targets")
        List<Target> targets,

        @Field(
                value = "The Git repository that a chart is pushed to, and the reconciler that applies it.",
                type = "mapping")
        @Nullable
        GitOpsGround gitops) {
    public Environment {
        Names.requireName("project", project);
        Names.requireName("name", name);
        targets = List.copyOf(targets);
        concurrency =
                Objects.requireNonNullElse(concurrency, gitops == null ? Concurrency.QUEUE : Concurrency.SUPERSEDE);
        if (targets.isEmpty() == (gitops == null)) {
            throw new InvalidInputException(
                    "targets", gitops == null ? "is missing; or gitops" : "does not go with gitops");
        }
        requireDistinct(targets);
        gitops = gitops == null ? null : gitops.named(project);
    }

    /** An environment of targets, of the default project. */
    public Environment(String name, Concurrency concurrency, List<Target> targets) {
        this(EnvironmentId.DEFAULT_PROJECT, name, concurrency, targets, null);
    }

    public EnvironmentId id() {
        return new EnvironmentId(project, name);
    }

    private static void requireDistinct(List<Target> targets) {
        Set<String> names = new HashSet<>();
        Set<String> places = new HashSet<>();
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            if (!names.add(target.name())) {
                throw new InvalidInputException(
                        "targets[" + i + "].name", "\"" + target.name() + "\" is declared twice");
            }
            if (!places.add(target.place())) {
                throw new InvalidInputException(
                        "targets[" + i + "]",
                        "\"" + target.name() + "\" shares " + target.place() + " with another target");
            }
        }
    }
}
