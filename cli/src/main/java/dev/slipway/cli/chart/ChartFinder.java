package dev.slipway.cli.chart;

import dev.slipway.cli.command.CommandException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the chart that is meant where none is named. */
public final class ChartFinder {
    private static final List<String> USUAL_PLACES = List.of("", "chart", "helm", "deploy/chart");
    private static final int DEEPEST = 3;
    private static final int SHOWN = 10;

    private ChartFinder() {}

    /** The chart that is named; else this directory, a usual place in it, or the only chart below it. */
    public static Path find(Path directory, @Nullable String named) {
        if (named != null) {
            return directory.resolve(named).normalize();
        }
        return USUAL_PLACES.stream()
                .map(place -> directory.resolve(place).normalize())
                .filter(ChartFinder::isChart)
                .findFirst()
                .orElseGet(() -> onlyOneBelow(directory));
    }

    private static Path onlyOneBelow(Path directory) {
        List<Path> found = new ArrayList<>();
        try {
            search(directory, 0, found);
        } catch (IOException e) {
            throw CommandException.failed("cannot search for a chart: " + e.getMessage(), "give its folder");
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (found.isEmpty()) {
            throw CommandException.failed(
                    "no chart found in " + directory,
                    "looked for Chart.yaml here, in chart, helm and deploy/chart, and " + DEEPEST
                            + " folders deep; give the folder of the chart, or a packed chart");
        }
        String names = Stream.concat(
                        found.stream()
                                .sorted()
                                .limit(SHOWN)
                                .map(chart -> directory.relativize(chart).toString()),
                        Stream.of("...").limit(found.size() > SHOWN ? 1 : 0))
                .collect(Collectors.joining(", "));
        throw CommandException.failed(
                "found " + found.size() + " charts in " + directory + ": " + names, "give one of them");
    }

    // What is in a chart belongs to it: its charts folder holds dependencies.
    private static void search(Path directory, int depth, List<Path> found) throws IOException {
        if (isChart(directory)) {
            found.add(directory);
            return;
        }
        if (depth == DEEPEST) {
            return;
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            for (Path child : children) {
                boolean hidden = String.valueOf(child.getFileName()).startsWith(".");
                if (!hidden && Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS) && Files.isReadable(child)) {
                    search(child, depth + 1, found);
                }
            }
        }
    }

    private static boolean isChart(Path directory) {
        return Files.isRegularFile(directory.resolve(ChartYaml.FILE));
    }
}
