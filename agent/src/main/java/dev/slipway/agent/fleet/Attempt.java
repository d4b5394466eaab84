package dev.slipway.agent.fleet;

import dev.slipway.agent.timeline.TaskLog;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.secret.Mask;
import dev.slipway.workflows.fleet.TargetActivities;
import java.util.Map;

/** One attempt at a step: whom it is for, whether it may go on, and where it tells what it does. */
public final class Attempt {
    /** Throws where the attempt may not go on. */
    interface Gate {
        void check();
    }

    private final TargetKey target;
    private final TargetActivities.Step step;
    private final Gate gate;
    private final TaskLog log;

    Attempt(TargetKey target, TargetActivities.Step step, Gate gate, TaskLog log) {
        this.target = target;
        this.step = step;
        this.gate = gate;
        this.log = log;
    }

    public TargetKey target() {
        return target;
    }

    public DeploymentId deployment() {
        return step.deployment();
    }

    public Installed.Origin origin() {
        return new Installed.Origin(step.deployment(), step.fence());
    }

    /** To be called right before each effect: throws where a newer step has come, or this one was canceled. */
    public void check() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        gate.check();
    }

    /** Adds a line to the log of the task. */
    public void say(String text) {
        log.say(text);
    }

    /** Hides the secrets among these variables from here on. */
    void hide(Map<String, String> environment) {
        log.hide(environment);
    }

    /** What must not be seen of what it reads. */
    Mask mask() {
        return log.mask();
    }

    TaskLog log() {
        return log;
    }
}
