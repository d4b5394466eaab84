package dev.slipway.acceptance.docker;

import dev.slipway.acceptance.stack.Command;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The Docker of this machine, by its command line. */
public final class Docker {
    /** What to say of a test that is skipped because {@link #isUsable()} says no. */
    public static final String NEEDS = "needs a Docker daemon that answers, docker-registry and a static busybox";

    private Docker() {}

    /** For conditions of tests: Docker answers, and there is what images and a registry are made of. */
    public static boolean isUsable() {
        return Files.isExecutable(Registry.PROGRAM)
                && ServiceImage.BUSYBOX.isPresent()
                && attempt("version").exitCode() == 0;
    }

    /** What a command prints; fails unless it succeeds. */
    public static String run(String... arguments) {
        return attempt(arguments).expect(0).output().strip();
    }

    /** One line of output each; none where nothing was printed. */
    static List<String> lines(String... arguments) {
        return run(arguments).lines().filter(line -> !line.isBlank()).toList();
    }

    static Command.Result attempt(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        try {
            return Command.run(command.toArray(String[]::new));
        } catch (UncheckedIOException e) {
            return new Command.Result(command, 127, "", e + "\n");
        }
    }
}
