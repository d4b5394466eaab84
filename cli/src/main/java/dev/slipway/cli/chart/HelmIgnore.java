package dev.slipway.cli.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a chart leaves out, by Helm's own rules, which are not those of {@code .gitignore}: the first rule that speaks
 * decides; a pattern without a slash is about the last part of a path; {@code !} leaves out everything that does
 * <em>not</em> match; there is no {@code **}.
 */
final class HelmIgnore {
    static final String FILE = ".helmignore";

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    // Helm adds it to every chart.
    private static final String HIDDEN_TEMPLATES = "templates/.?*";

    private record Rule(Pattern pattern, boolean wholePath, boolean directoriesOnly, boolean negated) {
        boolean matches(String path) {
            return pattern.matcher(wholePath ? path : path.substring(path.lastIndexOf('/') + 1))
                    .matches();
        }

        boolean leavesOut(String path, boolean directory) {
            if (negated) {
                return (directoriesOnly && !directory) || !matches(path);
            }
            return (!directoriesOnly || directory) && matches(path);
        }
    }

    private final List<Rule> rules = new ArrayList<>();

    /** Reads the lines of a file; fails with {@link IllegalArgumentException} on a rule that is none. */
    static HelmIgnore parse(String text) {
        HelmIgnore ignore = new HelmIgnore();
        (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(ignore::add);
        ignore.add(HIDDEN_TEMPLATES);
        return ignore;
    }

    /** Whether this path is left out, with slashes and relative to the chart. */
    boolean leavesOut(String path, boolean directory) {
        return rules.stream().anyMatch(rule -> rule.leavesOut(path, directory));
    }

    private void add(String line) {
        if (line.contains("**")) {
            throw new IllegalArgumentException("\"" + line + "\": Helm does not support **");
        }
        boolean negated = line.startsWith("!");
        String rule = negated ? line.substring(1) : line;
        boolean directoriesOnly = rule.endsWith("/");
        rule = directoriesOnly ? rule.substring(0, rule.length() - 1) : rule;
        boolean wholePath = rule.contains("/");
        rule = rule.startsWith("/") ? rule.substring(1) : rule;
        rules.add(new Rule(Glob.compile(rule), wholePath, directoriesOnly, negated));
    }
}
