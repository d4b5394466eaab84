package dev.slipway.activities.kubernetes;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A revision of a release, as Helm 3 keeps it in a secret. */
record HelmRelease(int revision, String chart, String version, String status, String description, Instant deployed) {
    // Charts hold files of any kind, compressed to less than a megabyte.
    private static final int LARGEST = 32 << 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Payload(
            int version, @Nullable Told info, @Nullable Chart chart) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Told(
            @Nullable String status,
            @Nullable String description,
            @JsonProperty("last_deployed") @Nullable String lastDeployed) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Chart(@Nullable Metadata metadata) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Metadata(@Nullable String name, @Nullable String version) {}

    /** Reads it from its secret; empty where that is none of Helm's. */
    static Optional<HelmRelease> of(KubernetesObject secret) {
        return secret.tree().text("data", "release").flatMap(HelmRelease::read);
    }

    /** {@code data}: JSON, compressed, in Base64 by Helm and once more by Kubernetes. */
    private static Optional<HelmRelease> read(String data) {
        try {
            byte[] compressed = Base64.getDecoder().decode(Base64.getDecoder().decode(data));
            try (InputStream json = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
                return Optional.of(JSON.readValue(json.readNBytes(LARGEST), Payload.class))
                        .flatMap(HelmRelease::of);
            }
        } catch (IllegalArgumentException | IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<HelmRelease> of(Payload payload) {
        Told info = payload.info();
        Metadata metadata = payload.chart() == null ? null : payload.chart().metadata();
        return info == null || metadata == null
                ? Optional.empty()
                : Optional.of(new HelmRelease(
                        payload.version(),
                        orEmpty(metadata.name()),
                        orEmpty(metadata.version()),
                        orEmpty(info.status()),
                        orEmpty(info.description()),
                        time(orEmpty(info.lastDeployed()))));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
