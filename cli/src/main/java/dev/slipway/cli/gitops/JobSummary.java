package dev.slipway.cli.gitops;

import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.command.Surroundings;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.cli.terminal.Untrusted;
import dev.slipway.cli.timeline.Deployment;
import dev.slipway.cli.timeline.Elapsed;
import dev.slipway.cli.timeline.Following.Followed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** What GitHub Actions shows on the page of a run, and gives to the steps that follow. */
final class JobSummary {
    private static final String SUMMARY = "GITHUB_STEP_SUMMARY";
    private static final String OUTPUT = "GITHUB_OUTPUT";

    private final Terminal terminal;
    private final Surroundings surroundings;

    JobSummary(Invocation invocation) {
        terminal = invocation.terminal();
        surroundings = invocation.surroundings();
    }

    /** For the steps that follow, as soon as it is known: {@code steps.ID.outputs.deployment}. */
    void begin(Deployment deployment, String version) {
        append(OUTPUT, "deployment=" + line(deployment.id()) + "\nversion=" + line(version) + "\n");
    }

    void end(Followed followed) {
        Deployment deployment = followed.deployment();
        append(OUTPUT, "status=" + line(deployment.status()) + "\n");
        append(SUMMARY, table(followed));
    }

    private static String table(Followed followed) {
        Deployment deployment = followed.deployment();
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("status", deployment.status());
        rows.put("deployment", deployment.id());
        Deployment.Chart chart = deployment.chart();
        if (chart != null) {
            rows.put("project", chart.project());
            rows.put("version", chart.version());
            rows.put("branch", chart.branch());
            rows.put("pushed", chart.pushedTo());
            rows.put("path", chart.path());
        }
        rows.put("environment", deployment.environment());
        rows.put("took", deployment.took().map(Elapsed::text).orElse(""));
        StringBuilder text = new StringBuilder("### Slipway\n\n")
                .append(code(followed.outcome().sentence()))
                .append("\n\n| | |\n| --- | --- |\n");
        rows.forEach((name, value) -> text.append(
                value.isEmpty() ? "" : "| " + name + " | " + code(value).replace("|", "\\|") + " |\n"));
        return text.append('\n').toString();
    }

    // Nothing in it can be Markdown or HTML.
    private static String code(String text) {
        return "`" + line(text).replace('`', '\'') + "`";
    }

    private static String line(String text) {
        return Untrusted.line(text);
    }

    private void append(String variable, String text) {
        surroundings.variable(variable).ifPresent(file -> {
            try {
                Files.writeString(
                        Path.of(file),
                        terminal.masked(text),
                        StandardCharsets.UTF_8,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                terminal.note("cannot write " + variable + ": " + e.getMessage());
            }
        });
    }
}
