package dev.slipway.acceptance.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The agent of a node other than the stack's own. Nobody starts it again but the test. */
public final class NodeAgent implements AutoCloseable {
    private final Stack stack;
    private final String node;
    private final Map<String, String> variables;
    private @Nullable Process process;

    private NodeAgent(Stack stack, String node, Map<String, String> variables) {
        this.stack = stack;
        this.node = node;
        this.variables = new HashMap<>(variables);
    }

    static NodeAgent start(Stack stack, String node, Map<String, String> variables) {
        NodeAgent agent = new NodeAgent(stack, node, variables);
        agent.start();
        stack.awaitOnline(node);
        return agent;
    }

    /** One that is not expected to get as far as its work. */
    public static NodeAgent launch(Stack stack, String node, Map<String, String> variables) {
        NodeAgent agent = new NodeAgent(stack, node, variables);
        agent.start();
        return agent;
    }

    /** Starts it again with what it has on disk. */
    public void start() {
        ProcessBuilder builder = new ProcessBuilder(
                        Distribution.agent().toString(),
                        "--node",
                        node,
                        "--data",
                        stack.data().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(stack.data()
                        .resolve("logs")
                        .resolve("agent-" + node + ".log")
                        .toFile()));
        Distribution.prepare(builder.environment());
        builder.environment().putAll(variables);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        if (process == null) {
            throw new IllegalStateException("The agent of " + node + " was never started");
        }
        return process.pid();
    }

    public void kill() {
        Signals.kill(pid());
    }

    public void signal(String signal) {
        Signals.send(signal, pid());
    }

    /** What it writes down. */
    public Path state() {
        return stack.data().resolve("agents").resolve(node);
    }

    @Override
    public void close() {
        signal("CONT");
        kill();
    }
}
