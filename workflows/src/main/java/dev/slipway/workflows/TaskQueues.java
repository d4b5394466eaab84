package dev.slipway.workflows;

/** The task queues of Slipway. */
public final class TaskQueues {
    /** Workflows, and the activities of the control plane. */
    public static final String CONTROL_PLANE = "control-plane";

    /** The locks of environments: deployments wait for their answer within a task of {@link #CONTROL_PLANE}, and would take their slots. */
    public static final String ENVIRONMENTS = "environments";

    /** Activities that wait for a cluster, for hours where nothing changes there: they never take a slot from short ones. */
    public static final String WATCH = "watch";

    private TaskQueues() {}

    /** The queue that the agent of {@code node}, and nobody else, polls. */
    public static String ofNode(String node) {
        return "node/" + node;
    }
}
