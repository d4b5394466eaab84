package dev.slipway.acceptance.stack;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A standalone stack that test classes share by its name, in a data folder of its own. In each JVM one runs at a time, until
 * another is wanted or the JVM ends. A test that fails shows what its stack knows.
 */
public final class Stack implements BeforeAllCallback, TestExecutionExceptionHandler {
    /** For what takes a moment on a machine with two busy processors. */
    public static final Duration SOON = Duration.ofMinutes(1);

    /** For the start of the server, which takes minutes on a busy machine; the stack itself waits as long. */
    public static final Duration RESTART = Duration.ofMinutes(3);

    private static final String[] PROCESSES = {"supervisor", "server", "temporal", "postgres"};

    private static final Map<String, Stack> STACKS = new HashMap<>();

    private static @Nullable Stack running;

    private final Path folder;
    private final Api api = new Api(() -> URI.create(stackFile().path("url").asString("")), () -> secret("token"));
    private final Deployments deployments = new Deployments(api);
    private final Thread atExit = new Thread(this::abandon);
    private final int diskMegabytes;
    private Path server = Distribution.server();
    private @Nullable SmallDisk disk;
    private boolean failed;

    private Stack(Path folder, int diskMegabytes) {
        this.folder = folder;
        this.diskMegabytes = diskMegabytes;
    }

    /** One that somebody else has started, with its data in the folder {@code data} of this one. */
    public static Stack at(Path folder) {
        return new Stack(folder, 0);
    }

    /** The stack with this name, which is started with the first class that needs it. */
    public static Stack named(String name) {
        return onDisk(name, 0);
    }

    /** One whose data is on a disk of this size, where {@link SmallDisk#isPossible}; 0 for the disk of this machine. */
    public static synchronized Stack onDisk(String name, int megabytes) {
        return STACKS.computeIfAbsent(
                name, _ -> new Stack(Distribution.workFolder().resolve(name), megabytes));
    }

    public SmallDisk disk() {
        return Objects.requireNonNull(disk, "It is on the disk of this machine");
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        synchronized (Stack.class) {
            if (running != this) {
                if (running != null) {
                    running.end();
                }
                begin();
                running = this;
            }
        }
    }

    private void begin() throws IOException {
        Command.run("rm", "-rf", folder.toString()).expect(0);
        Files.createDirectories(folder);
        if (diskMegabytes > 0) {
            disk = SmallDisk.at(data(), diskMegabytes);
        }
        // JUnit's own stores end with each class where several JVMs share the classes.
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            up();
        } catch (RuntimeException | AssertionError e) {
            failed = true;
            Runtime.getRuntime().removeShutdownHook(atExit);
            abandon();
            throw e;
        }
    }

    private void end() {
        running = null;
        down();
        Runtime.getRuntime().removeShutdownHook(atExit);
        abandon();
    }

    /** Kills what still runs. Leaves the data where a test failed. */
    private void abandon() {
        killAll();
        new DeployedServices(data()).killAll();
        if (disk != null) {
            disk.close();
            disk = null;
        }
        if (!failed) {
            Command.run("rm", "-rf", folder.toString()).expect(0);
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable thrown) {
        failed = true;
        throw new AssertionError(thrown + "\n" + new Evidence(this).text(), thrown);
    }

    /** Starts it, or goes on with what is there. Returns when it is ready. */
    public void up() {
        // The port of last time, once there was one; until then one that no other stack of this machine prefers.
        int port = Files.exists(data().resolve("stack.json")) ? 0 : Ports.free();
        Command.run(server.toString(), "up", "--detach", "--port", Integer.toString(port), "--data", data().toString())
                .expect(0);
    }

    /** Goes on with what is there, with another build of the server. */
    public void upgradeTo(Path program) {
        down();
        server = program;
        up();
        awaitReady();
    }

    public void down() {
        cli().run("down").expect(0);
    }

    public Path data() {
        return folder.resolve("data");
    }

    /** A folder for what one test needs beside the stack. */
    public Path folder(String name) {
        return folder.resolve(name);
    }

    public Api api() {
        return api;
    }

    public Deployments deployments() {
        return deployments;
    }

    public Cli cli() {
        return new Cli(data());
    }

    /** Runs the temporal program that the stack itself runs, against the stack's server. */
    public Command.Result temporal(String... arguments) {
        List<String> command = new ArrayList<>(List.of("/proc/" + pid("temporal") + "/exe"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--address", stackFile().path("temporalAddress").asString(), "--namespace", "default"));
        return Command.run(command.toArray(String[]::new));
    }

    public NodeAgent agent(String node) {
        return agent(node, Map.of());
    }

    /** An agent of another node, as a process of its own. */
    public NodeAgent agent(String node, Map<String, String> variables) {
        return NodeAgent.start(this, node, variables);
    }

    /** One more server, as a process of its own; returns when it is ready. */
    public Replica replica(String roles) {
        return replica(roles, Map.of());
    }

    public Replica replica(String roles, Map<String, String> settings) {
        return Replica.start(this, roles, settings);
    }

    /** The log of one more server that refuses these settings. */
    public String refusal(Map<String, String> settings) {
        return Replica.refusal(this, settings);
    }

    public JsonNode stackFile() {
        try {
            return JsonMapper.shared().readTree(Files.readString(data().resolve("stack.json")));
        } catch (IOException | JacksonException e) {
            throw new IllegalStateException("No stack.json in " + data(), e);
        }
    }

    public String secret(String file) {
        try {
            return Files.readString(data().resolve(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The processes that run, as the supervisor knows them. */
    public Map<String, Long> pids() {
        Map<String, Long> pids = new LinkedHashMap<>();
        JsonNode processes = stackFile().path("processes");
        for (String name : PROCESSES) {
            long pid = processes.path(name).asLong(0);
            if (pid > 0 && ProcessHandle.of(pid).isPresent()) {
                pids.put(name, pid);
            }
        }
        return pids;
    }

    public long pid(String process) {
        return await("pid of " + process)
                .atMost(SOON)
                .until(() -> Optional.ofNullable(pids().get(process)), Optional::isPresent)
                .orElseThrow();
    }

    public void signal(String process, String signal) {
        Signals.send(signal, pid(process));
    }

    /** Kills one process; the supervisor starts it again. */
    public void kill(String process) {
        Signals.kill(pid(process));
    }

    /** Kills every process at once, the supervisor first, as a power failure would. */
    public void killAll() {
        if (Files.exists(data().resolve("stack.json"))) {
            Signals.killAll(pids().values());
        }
    }

    /** Lets frozen processes go on, and waits until the stack is ready. */
    public void recover() {
        pids().values().forEach(pid -> Signals.send("CONT", pid));
        if (!pids().containsKey("supervisor")) {
            up();
        }
        awaitReady();
    }

    /** Waits until every process is there again and does its work. */
    public void awaitReady() {
        await("the stack")
                .atMost(RESTART)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> pids().size() == PROCESSES.length
                        && api.as(null).get("/actuator/health/readiness").status() == 200
                        && isOnline("local"));
    }

    public void awaitOnline(String node) {
        await("node " + node + " online")
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> isOnline(node));
    }

    private boolean isOnline(String node) {
        return api.get("/api/nodes/" + node).json().path("online").asBoolean(false);
    }

    public String log(String process) {
        try {
            return Files.readString(data().resolve("logs").resolve(process + ".log"));
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
