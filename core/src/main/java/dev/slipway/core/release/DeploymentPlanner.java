package dev.slipway.core.release;

import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.fleet.TargetRuntime;
import dev.slipway.core.project.Environment;
import java.util.ArrayList;
import java.util.List;

/** Finds for each target of an environment what it is to run of a release. */
public final class DeploymentPlanner {
    private DeploymentPlanner() {}

    /** One task per target, in the order of the environment; fails with {@code MissingComponent} naming the target. */
    public static List<PlannedTask> plan(Environment environment, Release release) {
        List<PlannedTask> tasks = new ArrayList<>();
        for (Target target : environment.targets()) {
            Component component = release.component(target.component())
                    .orElseThrow(() -> missing(
                            target,
                            release,
                            "which has " + names(release) + "; add the component, or change the target"));
            requireFit(target, release, component.artifact());
            tasks.add(new PlannedTask(tasks.size(), target, component.artifact()));
        }
        return tasks;
    }

    private static void requireFit(Target target, Release release, Artifact artifact) {
        boolean fits = switch (target.runtime()) {
            case TargetRuntime.ProcessRuntime _ -> artifact instanceof Artifact.Archive;
            case TargetRuntime.DockerRuntime _ -> artifact instanceof Artifact.Image;
        };
        if (!fits) {
            boolean process = target.runtime() instanceof TargetRuntime.ProcessRuntime;
            throw missing(
                    target,
                    release,
                    "where it is " + (process ? "an image" : "an archive") + "; the runtime "
                            + (process ? "process runs archives" : "docker runs images"));
        }
    }

    private static SlipwayException missing(Target target, Release release, String problem) {
        return new SlipwayException(
                FailureType.MISSING_COMPONENT,
                "Target \"" + target.name() + "\" needs component \"" + target.component() + "\" of release "
                        + release.reference() + ", " + problem);
    }

    private static String names(Release release) {
        return String.join(
                ", ", release.components().stream().map(Component::name).toList());
    }
}
