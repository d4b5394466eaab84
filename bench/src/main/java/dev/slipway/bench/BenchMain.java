package dev.slipway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prints the table. Arguments: the root of the repository, the data directory of a running stack, the class path of Spring
 * Boot alone, "full" or "quick" for a short look, and which rows, with commas between; all without.
 */
public final class BenchMain {
    private BenchMain() {}

    private interface Rows {
        List<Row> measure() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        try (Subject subject = new Subject(Path.of(args[1]))) {
            Map<String, Rows> rows = rows(subject, args);
            if (args.length > 4) {
                List<String> wanted = List.of(args[4].split(",", -1));
                if (!rows.keySet().containsAll(wanted)) {
                    throw new IllegalArgumentException("There are " + String.join(", ", rows.keySet()));
                }
                rows.keySet().retainAll(wanted);
            }
            System.out.println("Load at the start: " + load());
            System.out.println("\n| work | Slipway: median (range) | baseline | ratio |\n| --- | --- | --- | --- |");
            for (Rows each : rows.values()) {
                each.measure().forEach(System.out::println);
            }
        }
        System.out.println("\nLoad at the end: " + load());
        System.exit(0);
    }

    private static Map<String, Rows> rows(Subject subject, String[] args) {
        Path root = Path.of(args[0]);
        Path data = Path.of(args[1]);
        boolean quick = args[3].equals("quick");
        Programs programs = new Programs(root, data);
        Deployments deployments = new Deployments(subject);
        Events events = new Events(subject);
        Map<String, Rows> rows = new LinkedHashMap<>();
        rows.put("memory", () -> List.of(programs.memory(subject.stack)));
        rows.put("cli", () -> programs.commandLine(quick ? 5 : 11));
        rows.put("start", () -> List.of(new Startup(root, args[2]).cold(quick ? 1 : 5)));
        rows.put("step", () -> List.of(deployments.oneStep(quick ? 10 : 40)));
        rows.put(
                "events",
                () -> List.of(
                        events.latency(quick ? 20 : 200, "rolling"), events.latency(quick ? 20 : 200, "all-at-once")));
        rows.put("no-ops", () -> List.of(deployments.noOps(quick ? 100 : 1_000, quick ? 2 : 5)));
        rows.put("pushes", () -> new Pushes(Files.createDirectories(data.resolve("bench-git"))).rows(quick ? 5 : 30));
        rows.put("charts", () -> List.of(new Charts(data).ready(quick ? 2 : 7)));
        rows.put(
                "growth",
                () -> deployments.growth(
                        quick ? 1 : 5, quick ? new int[] {1, 10, 100} : new int[] {1, 10, 100, 1_000}));
        return rows;
    }

    private static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).strip();
    }
}
