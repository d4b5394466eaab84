package dev.slipway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** How quickly the programs start, and what they weigh. */
final class Programs {
    private static final double KIBI = 1_024;

    private final Path root;
    private final Path data;

    Programs(Path root, Path data) {
        this.root = root;
        this.data = data;
    }

    /** The command line beside a JVM that does nothing. */
    List<Row> commandLine(int rounds) throws IOException, InterruptedException {
        String cli = root.resolve("cli/target/slipway-cli/bin/slipway").toString();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Samples version = Samples.none();
        Samples status = Samples.none();
        Samples jvm = Samples.none();
        for (int i = -2; i < rounds; i++) {
            Duration a = run(java, "-version");
            Duration b = run(cli, "--version");
            Duration c = run(cli, "status", "--data", data.toString());
            if (i >= 0) {
                jvm = jvm.and(a);
                version = version.and(b);
                status = status.and(c);
            }
        }
        return List.of(
                Row.compare("slipway --version / java -version", version, jvm),
                Row.compare("slipway status / java -version", status, jvm));
    }

    /** Resident memory of every process of the stack, in MiB, shared pages counted once (PSS). */
    Row memory(JsonNode stack) throws IOException {
        List<String> parts = new ArrayList<>();
        double sum = 0;
        for (var process : stack.get("processes").properties()) {
            double mebi = tree(process.getValue().asLong());
            sum += mebi;
            parts.add(String.format(Locale.ROOT, "%s %.0f", process.getKey(), mebi));
        }
        return new Row(
                "memory of the idle stack",
                String.format(Locale.ROOT, "%.0f MiB: %s", sum, String.join(", ", parts)),
                "1024 MiB allowed",
                String.format(Locale.ROOT, "%.2f×", sum / KIBI));
    }

    // PostgreSQL is a process per connection.
    private static double tree(long pid) throws IOException {
        double sum = pss(pid);
        if (isPostgres(pid)) {
            for (ProcessHandle child : ProcessHandle.of(pid).stream()
                    .flatMap(ProcessHandle::descendants)
                    .toList()) {
                sum += pss(child.pid());
            }
        }
        return sum;
    }

    private static boolean isPostgres(long pid) throws IOException {
        return Files.readString(Path.of("/proc/" + pid + "/comm")).startsWith("postgres");
    }

    private static double pss(long pid) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")) / KIBI)
                    .sum();
        }
    }

    private static Duration run(String... command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.waitFor();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
