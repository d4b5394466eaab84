package dev.slipway.api.webhook;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.gitops.GitRemote;
import dev.slipway.core.gitops.Webhook;
import dev.slipway.store.gitops.MonitoredCharts;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what is signed. Fails with {@link InvalidInputException} where it is not what such a sender sends. */
@Component
class NewsReader {
    private static final Set<String> APPLIED = Set.of("HelmRelease", "Kustomization");
    private static final Set<String> SOURCES =
            Set.of("GitRepository", "HelmChart", "HelmRepository", "OCIRepository", "Bucket");

    private static final String BRANCHES = "refs/heads/";

    private final JsonMapper json;

    NewsReader(JsonMapper json) {
        this.json = json;
    }

    News read(Webhook webhook, Delivery delivery) {
        JsonNode body = object(delivery.body());
        return switch (webhook.type()) {
            case FLUX -> new News(time("timestamp", text(body, "timestamp")), ofFlux(webhook, body));
            case GITHUB -> new News(null, ofPush(webhook, delivery.header("X-GitHub-Event"), body));
            case GITEA -> new News(null, ofPush(webhook, delivery.header("X-Gitea-Event"), body));
            case GITLAB -> new News(seconds(delivery.header(Signature.TIMESTAMP)), ofGitLab(webhook, body));
        };
    }

    private JsonNode object(byte[] body) {
        try {
            JsonNode read = json.readTree(body);
            if (read.isObject()) {
                return read;
            }
        } catch (JacksonException e) {
            // Its message may hold a part of the body.
        }
        throw new InvalidInputException("body", "must be one well-formed JSON object");
    }

    // Nobody declares which source a release comes from, so what one of them tells is for all.
    private static Function<MonitoredCharts, List<DeploymentId>> ofFlux(Webhook webhook, JsonNode body) {
        String kind = text(body, "involvedObject", "kind");
        String namespace = text(body, "involvedObject", "namespace");
        String name = text(body, "involvedObject", "name");
        boolean source = SOURCES.contains(kind);
        if (!source && !APPLIED.contains(kind)) {
            return NewsReader::none;
        }
        return monitored ->
                source ? monitored.withFlux(webhook.cluster()) : monitored.withFlux(webhook.cluster(), namespace, name);
    }

    private static Function<MonitoredCharts, List<DeploymentId>> ofPush(
            Webhook webhook, @Nullable String event, JsonNode body) {
        return "push".equals(event) ? pushed(webhook, body, text(body, "repository", "full_name")) : NewsReader::none;
    }

    private static Function<MonitoredCharts, List<DeploymentId>> ofGitLab(Webhook webhook, JsonNode body) {
        return "push".equals(text(body, "object_kind"))
                ? pushed(webhook, body, text(body, "project", "path_with_namespace"))
                : NewsReader::none;
    }

    private static Function<MonitoredCharts, List<DeploymentId>> pushed(
            Webhook webhook, JsonNode body, String repository) {
        String ref = text(body, "ref");
        String iacRepository = webhook.iacRepository();
        return iacRepository == null || !ref.startsWith(BRANCHES)
                ? NewsReader::none
                : monitored -> monitored.inBranch(
                        iacRepository, ref.substring(BRANCHES.length()), remote -> isAt(remote, repository));
    }

    /** For what there is nothing to see in a cluster. */
    private static List<DeploymentId> none(MonitoredCharts monitored) {
        return List.of();
    }

    // By its path alone: the same repository goes by several hosts and ports. The provider may itself be in a folder.
    private static boolean isAt(GitRemote remote, String path) {
        String known = remote.path().replaceFirst("/*$", "").replaceFirst("\\.git$", "");
        return ("/" + known).toLowerCase(Locale.ROOT).endsWith("/" + path.toLowerCase(Locale.ROOT));
    }

    private static String text(JsonNode body, String... path) {
        JsonNode node = body;
        for (String step : path) {
            node = node.path(step);
        }
        if (!node.isString()) {
            throw new InvalidInputException(String.join(".", path), "is missing or not a string");
        }
        return node.asString();
    }

    private static Instant time(String field, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new InvalidInputException(field, "must be a time, for example 2026-07-01T12:00:00Z");
        }
    }

    private static Instant seconds(@Nullable String text) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(String.valueOf(text)));
        } catch (NumberFormatException | DateTimeException e) {
            throw new InvalidInputException(Signature.TIMESTAMP, "must be a number of seconds");
        }
    }
}
