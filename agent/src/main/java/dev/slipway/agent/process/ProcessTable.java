package dev.slipway.agent.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The processes of this machine, as the kernel shows them. */
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");

    /** {@code start} is in clock ticks since the machine started: together with the id it names one process for ever. */
    record Entry(long pid, char state, long group, long session, long start) {
        /** A zombie has ended; it only waits for a parent that may never ask. */
        boolean isAlive() {
            return state != 'Z' && state != 'X';
        }
    }

    private ProcessTable() {}

    static Optional<Entry> find(long pid) {
        try {
            String line = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            // The second field is the program's name, which may hold spaces and parentheses.
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            return Optional.of(new Entry(
                    pid,
                    fields[0].charAt(0),
                    Long.parseLong(fields[2]),
                    Long.parseLong(fields[3]),
                    Long.parseLong(fields[19])));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static boolean isAlive(long pid, long start) {
        return find(pid)
                .filter(entry -> entry.start() == start && entry.isAlive())
                .isPresent();
    }

    static List<Entry> all() {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path folder : folders) {
                find(Long.parseLong(folder.getFileName().toString())).ifPresent(entries::add);
            }
        } catch (IOException e) {
            throw new IllegalStateException("Could not list " + PROC, e);
        }
        return entries;
    }

    /** The value of a variable of the environment that the process was started with, where it may be read. */
    static Optional<String> variable(long pid, String name) {
        return read(pid, "environ").stream()
                .filter(variable -> variable.startsWith(name + "="))
                .map(variable -> variable.substring(name.length() + 1))
                .findFirst();
    }

    /** The first argument; empty where the process has ended, or is of the kernel. */
    static String program(long pid) {
        List<String> arguments = read(pid, "cmdline");
        return arguments.isEmpty() ? "" : arguments.getFirst();
    }

    private static List<String> read(long pid, String file) {
        try {
            byte[] bytes = Files.readAllBytes(PROC.resolve(pid + "/" + file));
            return List.of(new String(bytes, StandardCharsets.UTF_8).split("\0", -1));
        } catch (IOException e) {
            return List.of();
        }
    }
}
