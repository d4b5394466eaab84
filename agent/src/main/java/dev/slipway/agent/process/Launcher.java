package dev.slipway.agent.process;

import dev.slipway.agent.fleet.RevisionRecord;
import dev.slipway.agent.fleet.TargetKey;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.fleet.TargetRuntime.ProcessRuntime;
import dev.slipway.core.secret.Mask;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Starts services: leaders of sessions of their own, with an environment of their own, that need no agent to live. */
final class Launcher {
    /** Marks every process of a target, so that one is found that a killed agent had no time to write down. */
    static final String INSTANCE = "SLIPWAY_INSTANCE";

    static final String REVISION = "SLIPWAY_REVISION";

    private static final String SETSID = "setsid";
    private static final Set<String> INHERITED = Set.of("PATH", "HOME", "LANG", "TZ", "USER");
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final Duration HANDSHAKE = Duration.ofSeconds(2);

    private final Path stateFolder;

    Launcher(Path stateFolder) {
        this.stateFolder = stateFolder;
    }

    /** What {@link #INSTANCE} is for {@code target}: unique on this machine, whatever agents there are. */
    String instance(TargetKey target) {
        return Digest.of(stateFolder + "/" + target.folder()).hex().substring(0, 32);
    }

    /** Fails where the program of {@code revision} cannot be started in {@code folder}: while nothing is stopped yet. */
    void requireStartable(RevisionRecord revision, ProcessRuntime runtime, Path folder) {
        String program = runtime.command().getFirst();
        String path = environment(revision).getOrDefault("PATH", DEFAULT_PATH);
        if (program.contains("/")) {
            Path file = folder.resolve(program);
            if (!Files.isRegularFile(file)) {
                throw notStarted(program, "no such file in the archive or on the node");
            }
            if (!Files.isExecutable(file)) {
                throw notStarted(program, "it is not executable. Set its executable bit (chmod +x) before packing it");
            }
        } else if (onPath(program, path).isEmpty()) {
            throw notStarted(program, "it is not on PATH (" + path + ")");
        }
        if (onPath(SETSID, System.getenv().getOrDefault("PATH", DEFAULT_PATH)).isEmpty()) {
            throw notStarted(program, "the node has no \"setsid\"; install util-linux");
        }
    }

    SupervisedProcess launch(TargetKey target, RevisionRecord revision, Path folder, ServiceOutput output) {
        ProcessRuntime runtime = (ProcessRuntime) revision.runtime();
        List<String> command = new ArrayList<>(List.of(SETSID));
        command.addAll(runtime.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.stdout()))
                .redirectError(ProcessBuilder.Redirect.appendTo(output.stderr()));
        builder.environment().clear();
        builder.environment().putAll(environment(target, revision));
        builder.environment().put(INSTANCE, instance(target));
        try {
            Process child = builder.start();
            long start = ProcessTable.find(child.pid())
                    .map(ProcessTable.Entry::start)
                    .orElse(0L);
            return new SupervisedProcess(child.pid(), start, child);
        } catch (IOException e) {
            throw notStarted(runtime.command().getFirst(), String.valueOf(e.getMessage()));
        }
    }

    /** The environment of a service, and of the commands that look after it. */
    Map<String, String> environment(TargetKey target, RevisionRecord revision) {
        Map<String, String> environment = environment(revision);
        environment.put("SLIPWAY_ENVIRONMENT", target.environment());
        environment.put("SLIPWAY_TARGET", target.target());
        environment.put("SLIPWAY_VERSION", revision.version());
        environment.put("SLIPWAY_DIGEST", revision.artifact().digest().value());
        environment.put(REVISION, revision.id());
        return environment;
    }

    private static Map<String, String> environment(RevisionRecord revision) {
        Map<String, String> environment = new TreeMap<>(Map.of("PATH", DEFAULT_PATH));
        INHERITED.forEach(
                name -> Optional.ofNullable(System.getenv(name)).ifPresent(value -> environment.put(name, value)));
        environment.putAll(revision.environment());
        return environment;
    }

    /** Waits until setsid has become the program of {@code revision}; it tells its own failure by ending first. */
    static void confirm(SupervisedProcess launched, RevisionRecord revision, ServiceOutput output)
            throws InterruptedException {
        String program = ((ProcessRuntime) revision.runtime()).command().getFirst();
        long end = System.nanoTime() + HANDSHAKE.toNanos();
        while (System.nanoTime() < end) {
            if (!launched.isAlive()) {
                List<String> lines = output.lastLines(Mask.ofVariables(revision.environment()));
                if (!lines.isEmpty() && lines.getLast().startsWith(SETSID + ":")) {
                    throw notStarted(program, lines.getLast());
                }
                return;
            }
            boolean leads = ProcessTable.find(launched.pid())
                    .filter(entry -> entry.session() == entry.pid())
                    .isPresent();
            // Of one that has just ended there is no name any more, and what it said is still to be read.
            String runs = ProcessTable.program(launched.pid());
            if (leads && !runs.isEmpty() && !runs.endsWith(SETSID)) {
                return;
            }
            Thread.sleep(Duration.ofMillis(1));
        }
    }

    private static Optional<Path> onPath(String program, String path) {
        for (String folder : path.split(":", -1)) {
            Path file = Path.of(folder, program);
            if (Files.isRegularFile(file) && Files.isExecutable(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    private static SlipwayException notStarted(String program, String why) {
        return new SlipwayException(
                FailureType.COMMAND_NOT_STARTED, "Could not start \"" + program + "\": " + why + ".");
    }
}
