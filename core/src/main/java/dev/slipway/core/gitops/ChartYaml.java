package dev.slipway.core.gitops;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.input.Names;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code Chart.yaml} must say, whoever reads it. */
public final class ChartYaml {
    public static final String FILE = "Chart.yaml";

    private static final List<String> API_VERSIONS = List.of("v1", "v2");

    private ChartYaml() {}

    /**
     * Which chart it is, or fails with {@code InvalidChart}.
     *
     * @param folder the one folder of the archive
     * @param fields of Chart.yaml, scalars as the text that was written
     */
    public static ChartIdentity identity(String folder, Map<?, ?> fields) {
        String apiVersion = text(fields, "apiVersion");
        if (!API_VERSIONS.contains(apiVersion)) {
            throw invalid("unknown apiVersion \"" + Names.shown(apiVersion) + "\": expected v1 or v2");
        }
        requireApplication(optionalText(fields, "type"));
        ChartIdentity identity = identity(text(fields, "name"), text(fields, "version"));
        if (!identity.name().equals(folder)) {
            throw invalid("name is \"" + identity.name() + "\", but the folder in the archive is \""
                    + Names.shown(folder) + "\"; package it with \"helm package\"");
        }
        return identity;
    }

    private static void requireApplication(@Nullable String type) {
        if ("library".equals(type)) {
            throw invalid("type is library, and a library chart cannot be deployed; deploy a chart that depends on it");
        }
        if (type != null && !type.equals("application")) {
            throw invalid("unknown type \"" + Names.shown(type) + "\": expected application, or no type");
        }
    }

    private static ChartIdentity identity(String name, String version) {
        try {
            return new ChartIdentity(name, version);
        } catch (InvalidInputException e) {
            throw new SlipwayException(FailureType.INVALID_CHART, FILE + ": " + e.problem(), e);
        }
    }

    private static String text(Map<?, ?> fields, String name) {
        String text = optionalText(fields, name);
        if (text == null) {
            throw invalid(name + " is missing");
        }
        return text;
    }

    private static @Nullable String optionalText(Map<?, ?> fields, String name) {
        Object value = fields.get(name);
        if (value != null && !(value instanceof String)) {
            throw invalid(name + " must be a single value, not a list or a mapping");
        }
        return (String) value;
    }

    private static SlipwayException invalid(String problem) {
        return new SlipwayException(FailureType.INVALID_CHART, FILE + ": " + problem);
    }
}
