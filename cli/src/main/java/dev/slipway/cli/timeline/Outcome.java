package dev.slipway.cli.timeline;

import dev.slipway.cli.command.ExitCode;
import dev.slipway.cli.terminal.Untrusted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a deployment ended, for operators and scripts. {@code next} are the commands to continue with. */
public record Outcome(ExitCode code, String sentence, List<String> next) {
    private static final int MOST_COMMANDS = 3;

    public Outcome {
        sentence = Untrusted.line(sentence);
        next = List.copyOf(next);
    }

    /** What a command waits for: anything else that a deployment comes to is no success. */
    public enum Wanted {
        DEPLOYED,
        ROLLED_BACK
    }

    /** The outcome, as soon as there is one: it has ended, or waits for a decision. */
    static Optional<Outcome> of(Deployment deployment, Wanted wanted) {
        if (!deployment.hasEnded()) {
            return waiting(deployment);
        }
        return Optional.of(
                switch (deployment.phase()) {
                    case "SUCCEEDED" ->
                        wanted == Wanted.DEPLOYED
                                ? new Outcome(ExitCode.SUCCEEDED, success(deployment), List.of())
                                : new Outcome(
                                        ExitCode.DEPLOYMENT_FAILED,
                                        about(deployment, "was not rolled back; it ended as " + deployment.status()),
                                        List.of("roll back now: slipway rollback " + deployment.id()));
                    case "ROLLED_BACK" ->
                        wanted == Wanted.ROLLED_BACK
                                ? new Outcome(ExitCode.SUCCEEDED, success(deployment), List.of())
                                : new Outcome(
                                        ExitCode.ROLLED_BACK, about(deployment, "was rolled back"), lookAt(deployment));
                    case "CANCELED" -> new Outcome(ExitCode.CANCELED, about(deployment, "was canceled"), List.of());
                    default -> new Outcome(ExitCode.DEPLOYMENT_FAILED, about(deployment, "failed"), lookAt(deployment));
                });
    }

    private static Optional<Outcome> waiting(Deployment deployment) {
        if (deployment.isHeld()) {
            return Optional.of(new Outcome(
                    ExitCode.DEPLOYMENT_FAILED,
                    about(deployment, "failed and is waiting for a decision"),
                    decisions(deployment)));
        }
        if (deployment.waiting() && deployment.status().equals("awaiting_approval")) {
            return Optional.of(new Outcome(
                    ExitCode.AWAITING_APPROVAL, about(deployment, "is awaiting approval"), attach(deployment.id())));
        }
        return Optional.empty();
    }

    static Outcome timedOut(Deployment deployment, Duration waited) {
        return new Outcome(
                ExitCode.TIMED_OUT,
                "deployment %s has not ended after %s (%s); it continues"
                        .formatted(
                                deployment.id(),
                                Elapsed.text(waited),
                                Look.word(deployment.status(), deployment.waiting())),
                attach(deployment.id()));
    }

    static Outcome nothingToDo(Deployment deployment) {
        return new Outcome(
                ExitCode.SUCCEEDED,
                "nothing to do: %s already runs on %s of %s"
                        .formatted(
                                deployment.subject(),
                                Deployment.targets(deployment.tasks().size()),
                                deployment.environment()),
                List.of());
    }

    static List<String> attach(String id) {
        return List.of("attach again: slipway watch " + id);
    }

    private static String success(Deployment deployment) {
        String took =
                deployment.took().map(time -> " (" + Elapsed.text(time) + ")").orElse("");
        if (deployment.phase().equals("ROLLED_BACK")) {
            return (deployment.chart() == null
                                    ? "rolled back: the targets of %s run the release from before %s"
                                    : "rolled back: the IaC repository of %s is as it was before %s")
                            .formatted(deployment.environment(), deployment.subject())
                    + took;
        }
        if (deployment.chart() != null) {
            return pushed(deployment, deployment.chart()) + took;
        }
        int skipped = deployment.targetsThat("skipped").size();
        return "succeeded: %s runs on %s of %s%s%s"
                .formatted(
                        deployment.subject(),
                        Deployment.targets(deployment.tasks().size() - skipped),
                        deployment.environment(),
                        skipped == 0 ? "" : ", " + skipped + " skipped",
                        took);
    }

    private static String pushed(Deployment deployment, Deployment.Chart chart) {
        String commit = chart.pushedTo();
        return (chart.isUnwatched()
                                ? "pushed: %s for %s; the rollout is not monitored (reconciler: none)"
                                : "deployed: %s runs in %s")
                        .formatted(deployment.subject(), deployment.environment())
                + (commit.isEmpty() ? "" : ", " + commit);
    }

    private static String about(Deployment deployment, String fate) {
        String why = deployment.error() == null ? deployment.reason() : deployment.error();
        return "deployment %s of %s %s%s"
                .formatted(deployment.id(), deployment.title(), fate, why.isEmpty() ? "" : ": " + why);
    }

    private static List<String> lookAt(Deployment deployment) {
        if (deployment.chart() == null) {
            return List.of("details: slipway logs " + deployment.id());
        }
        return deployment.chart().pushedTo().isEmpty()
                ? List.of()
                : List.of("roll back to the previous version: slipway rollback " + deployment.id());
    }

    private static List<String> decisions(Deployment deployment) {
        List<String> failed = deployment.targetsThat("failed");
        List<String> decisions = new ArrayList<>();
        failed.stream().limit(MOST_COMMANDS).forEach(target -> {
            decisions.add("retry:     slipway retry " + deployment.id() + " --target " + target);
            decisions.add("skip:      slipway skip " + deployment.id() + " --target " + target);
        });
        if (failed.size() > MOST_COMMANDS) {
            decisions.add((failed.size() - MOST_COMMANDS) + " more targets are waiting: slipway get deployments "
                    + deployment.id());
        }
        decisions.add("roll back: slipway rollback " + deployment.id());
        return decisions;
    }
}
