package dev.slipway.agent.timeline;

import dev.slipway.core.secret.Mask;
import java.util.Map;

/** The log of one task: what its steps say, and what its service prints meanwhile. Nothing secret gets into it. */
public final class TaskLog {
    private static final int LONGEST_LINE = 4_000;

    private final String deployment;
    private final String target;
    private volatile Mask mask;
    private final LogShipping shipping;

    public TaskLog(String deployment, String target, Mask mask, LogShipping shipping) {
        this.deployment = deployment;
        this.target = target;
        this.mask = mask;
        this.shipping = shipping;
    }

    /** A line of Slipway's own. */
    public void say(String text) {
        add("slipway", text);
    }

    /** A line that the service printed. */
    public void output(OutputLine line) {
        add(line.stream(), line.text());
    }

    /** Hides the secrets among these variables from here on. */
    public void hide(Map<String, String> environment) {
        mask = mask.andVariables(environment);
    }

    /** What may not leave the node. */
    public Mask mask() {
        return mask;
    }

    private void add(String stream, String text) {
        String line = mask.apply(text);
        shipping.add(
                deployment,
                target,
                stream,
                line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…");
    }
}
