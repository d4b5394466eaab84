package dev.slipway.acceptance.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What somebody wants to see who wonders why a test has failed: the last deployments, and the ends of all logs. */
final class Evidence {
    private static final int DEPLOYMENTS = 3;
    private static final int LINES = 25;

    private final Stack stack;

    Evidence(Stack stack) {
        this.stack = stack;
    }

    String text() {
        return "--- data folder: " + stack.data() + "\n" + deployments() + logs();
    }

    private String deployments() {
        try {
            StringBuilder text = new StringBuilder();
            for (JsonNode deployment : stack.api()
                    .get("/api/deployments?limit=" + DEPLOYMENTS)
                    .expect(200)
                    .json()
                    .path("items")) {
                String id = deployment.path("id").asString();
                text.append("--- deployment ").append(id).append('\n');
                text.append(stack.api().get("/api/deployments/" + id).json().toPrettyString());
                text.append('\n');
            }
            return text.toString();
        } catch (AssertionError | RuntimeException e) {
            return "--- the API tells nothing of deployments: " + e + "\n";
        }
    }

    private String logs() {
        try (Stream<Path> files = Files.list(stack.data().resolve("logs"))) {
            return files.sorted().map(Evidence::tail).collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return "--- " + log.getFileName() + "\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size())) + "\n";
        } catch (IOException e) {
            return "--- " + log.getFileName() + " cannot be read: " + e + "\n";
        }
    }
}
