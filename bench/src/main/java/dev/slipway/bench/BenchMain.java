package dev.slipway.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Prints the table. Arguments: the root of the repository, the data directory of a running stack, the class path of Spring
 * Boot alone, and "quick" for a short look.
 */
public final class BenchMain {
    private BenchMain() {}

    public static void main(String[] args) throws Exception {
        Path data = Path.of(args[1]);
        boolean quick = args[3].equals("quick");
        System.out.println("Load at the start: "
                + Files.readString(Path.of("/proc/loadavg")).strip());
        System.out.println("\n| work | Slipway: median (range) | baseline | ratio |\n| --- | --- | --- | --- |");
        try (Subject subject = new Subject(data)) {
            Programs programs = new Programs(Path.of(args[0]), data);
            print(List.of(programs.memory(subject.stack)));
            print(programs.commandLine(quick ? 5 : 11));
            print(List.of(new Startup(Path.of(args[0]), args[2]).cold(quick ? 1 : 5)));
            Deployments deployments = new Deployments(subject);
            print(List.of(deployments.oneStep(quick ? 10 : 40)));
            Events events = new Events(subject);
            print(List.of(events.latency(quick ? 20 : 200, "rolling")));
            print(List.of(events.latency(quick ? 20 : 200, "all-at-once")));
            print(List.of(deployments.noOps(quick ? 100 : 1_000, quick ? 2 : 5)));
            print(new Pushes(Files.createDirectories(data.resolve("bench-git"))).rows(quick ? 5 : 30));
            print(List.of(new Charts(data).ready(quick ? 2 : 7)));
            print(deployments.growth(quick ? 1 : 5, quick ? new int[] {1, 10, 100} : new int[] {1, 10, 100, 1_000}));
        }
        System.out.println("\nLoad at the end: "
                + Files.readString(Path.of("/proc/loadavg")).strip());
        System.exit(0);
    }

    private static void print(List<Row> rows) {
        rows.forEach(System.out::println);
    }
}
