package dev.slipway.cli.chart;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.document.Json;
import dev.slipway.cli.document.Yaml;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.gitops.ChartIdentity;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code Chart.yaml}: which chart it is. */
final class ChartYaml {
    static final String FILE = "Chart.yaml";
    static final int LARGEST = 1 << 20;

    private ChartYaml() {}

    /** Name and version; fails naming {@code source} where they are missing or none. */
    static ChartIdentity parse(String source, byte[] content) {
        JsonNode chart = document(source, content);
        String name = text(source, chart, "name");
        // Helm takes a leading "v", which is no part of a semantic version.
        String version = text(source, chart, "version").replaceFirst("^v(?=\\d)", "");
        try {
            return new ChartIdentity(name, version);
        } catch (InvalidInputException e) {
            throw CommandException.failed(source + ": " + e.problem(), null);
        }
    }

    private static JsonNode document(String source, byte[] content) {
        try {
            JsonNode chart = Yaml.parse(new String(content, StandardCharsets.UTF_8));
            if (chart.isObject()) {
                return chart;
            }
        } catch (JacksonException e) {
            throw CommandException.failed(
                    source + " is not valid YAML: "
                            + String.valueOf(e.getOriginalMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse(""),
                    null);
        }
        throw CommandException.failed(
                source + " does not describe a chart", "required fields: apiVersion, name and version");
    }

    private static String text(String source, JsonNode chart, String field) {
        JsonNode value = chart.get(field);
        if (value == null || value.isNull()) {
            throw CommandException.failed(source + ": " + field + " is missing", null);
        }
        if (!value.isString()) {
            throw CommandException.failed(
                    source + ": " + field + " is not a string but " + Json.compact(value),
                    "quote it, for example version: \"1.4.2\"");
        }
        return value.asString();
    }
}
