package dev.slipway.agent.fleet;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.fleet.Placeholders;
import dev.slipway.core.fleet.Revision;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.fleet.TargetRuntime;
import dev.slipway.core.health.HealthCheck;
import dev.slipway.core.health.Probe;
import dev.slipway.workflows.Payloads;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that it takes to run a digest at a target again: configuration with every placeholder filled. Its {@link #id()} is
 * the fingerprint of the whole, so that equal records are the same revision.
 */
public record RevisionRecord(
        Artifact artifact, String version, TargetRuntime runtime, Map<String, String> environment, HealthCheck health) {
    private static final JsonMapper CANONICAL = Payloads.json()
            .rebuild()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    public RevisionRecord {
        // The size says nothing that the digest does not; where a record is lost, nobody knows it.
        artifact = artifact instanceof Artifact.Archive(Digest digest, long _)
                ? new Artifact.Archive(digest, 0)
                : artifact;
        environment = Map.copyOf(environment);
    }

    /** What {@code target}, as it is declared, makes of {@code artifact}. */
    static RevisionRecord of(Target target, Artifact artifact, String version) {
        Placeholders placeholders = new Placeholders(version, artifact.digest(), target.name());
        Map<String, String> environment = new TreeMap<>();
        target.environment().forEach((name, value) -> environment.put(name, placeholders.fill(value)));
        return new RevisionRecord(
                artifact,
                version,
                filled(target.runtime(), placeholders),
                environment,
                filled(target.health(), placeholders));
    }

    /** 64 hex digits. */
    @JsonIgnore
    public String id() {
        return Digest.of(json()).hex();
    }

    @JsonIgnore
    Revision revision() {
        return new Revision(artifact.digest(), version, id());
    }

    String json() {
        return CANONICAL.writeValueAsString(this);
    }

    static RevisionRecord ofJson(String json) {
        return CANONICAL.readValue(json, RevisionRecord.class);
    }

    /** For people. */
    @Override
    public String toString() {
        return version + " (" + artifact.digest().abbreviated() + ")";
    }

    private static TargetRuntime filled(TargetRuntime runtime, Placeholders placeholders) {
        return switch (runtime) {
            case TargetRuntime.ProcessRuntime process ->
                new TargetRuntime.ProcessRuntime(process.directory(), filled(process.command(), placeholders));
            case TargetRuntime.DockerRuntime docker ->
                new TargetRuntime.DockerRuntime(
                        docker.container(), filled(docker.command(), placeholders), docker.ports(), docker.limits());
        };
    }

    private static HealthCheck filled(HealthCheck health, Placeholders placeholders) {
        Probe probe = switch (health.probe()) {
            case Probe.Http http ->
                new Probe.Http(
                        http.url(),
                        http.expectedStatus(),
                        http.expectedBody() == null ? null : placeholders.fill(http.expectedBody()));
            case Probe.Command command -> new Probe.Command(filled(command.command(), placeholders));
            case Probe.Tcp tcp -> tcp;
            case Probe.Running running -> running;
        };
        return new HealthCheck(probe, health.timeout(), health.retries(), health.interval());
    }

    private static List<String> filled(List<String> command, Placeholders placeholders) {
        return command.stream().map(placeholders::fill).toList();
    }
}
