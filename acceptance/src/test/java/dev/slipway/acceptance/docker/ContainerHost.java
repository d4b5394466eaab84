package dev.slipway.acceptance.docker;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.slipway.acceptance.stack.Distribution;
import dev.slipway.acceptance.stack.Stack;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** This machine as one that runs containers, for one class at a time: a registry for each class, and no container after a test. */
public final class ContainerHost implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private final Stack stack;
    private final List<ContainerEnvironment> environments = new ArrayList<>();
    private @Nullable Registry registry;
    private @Nullable FileChannel lock;

    /** One beside {@code stack}, which has to be registered first: it begins with an empty folder. */
    public ContainerHost(Stack stack) {
        this.stack = stack;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        lock = FileChannel.open(Distribution.stacks().resolve("docker.lock"), CREATE, WRITE);
        lock.lock();
        registry = Registry.start(stack.folder("registry"));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        environments.forEach(ContainerEnvironment::remove);
        environments.clear();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        registry().close();
        Objects.requireNonNull(lock).close();
    }

    public Registry registry() {
        return Objects.requireNonNull(registry, "The registry is there while tests run");
    }

    /** Targets on the stack's own node. */
    public ContainerEnvironment environment(String name, int targets) {
        return environment(name, "local", targets);
    }

    public ContainerEnvironment environment(String name, String node, int targets) {
        ContainerEnvironment environment = new ContainerEnvironment(stack, registry(), name, node, targets);
        environments.add(environment);
        return environment;
    }
}
