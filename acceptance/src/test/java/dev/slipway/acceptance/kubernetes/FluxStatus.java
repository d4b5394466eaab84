package dev.slipway.acceptance.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The status of one of Flux's objects, as it is being written. */
final class FluxStatus {
    static final ResourceDefinitionContext GIT_REPOSITORY =
            context("source.toolkit.fluxcd.io", "v1", "gitrepositories", "GitRepository");
    static final ResourceDefinitionContext HELM_RELEASE =
            context("helm.toolkit.fluxcd.io", "v2", "helmreleases", "HelmRelease");

    private final KubernetesClient client;
    private final ResourceDefinitionContext kind;
    private final GenericKubernetesResource object;
    private final Map<String, Object> status = new LinkedHashMap<>();

    FluxStatus(KubernetesClient client, ResourceDefinitionContext kind, GenericKubernetesResource object) {
        this.client = client;
        this.kind = kind;
        this.object = object;
        if (object.getAdditionalProperties().get("status") instanceof Map<?, ?> before) {
            before.forEach((key, value) -> status.put(key.toString(), value));
        }
        status.put("observedGeneration", object.getMetadata().getGeneration());
    }

    private static ResourceDefinitionContext context(String group, String version, String plural, String kind) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withPlural(plural)
                .withKind(kind)
                .withNamespaced(true)
                .build();
    }

    FluxStatus put(String key, Object value) {
        status.put(key, value);
        return this;
    }

    /** The time of a transition stays where the status is the same, as in the API machinery of Flux. */
    FluxStatus condition(String type, String value, String reason, String message) {
        List<Map<?, ?>> conditions = conditions();
        String since = conditions.stream()
                .filter(condition -> type.equals(condition.get("type")) && value.equals(condition.get("status")))
                .map(condition -> String.valueOf(condition.get("lastTransitionTime")))
                .findFirst()
                .orElse(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        without(type);
        conditions = conditions();
        conditions.add(Map.of(
                "type", type,
                "status", value,
                "reason", reason,
                "message", message,
                "lastTransitionTime", since,
                "observedGeneration",
                        Objects.requireNonNull(object.getMetadata().getGeneration())));
        return put("conditions", conditions);
    }

    FluxStatus without(String... types) {
        List<Map<?, ?>> conditions = conditions();
        conditions.removeIf(condition -> List.of(types).contains(String.valueOf(condition.get("type"))));
        return put("conditions", conditions);
    }

    private List<Map<?, ?>> conditions() {
        List<Map<?, ?>> conditions = new ArrayList<>();
        if (status.get("conditions") instanceof List<?> list) {
            list.forEach(condition -> conditions.add((Map<?, ?>) condition));
        }
        return conditions;
    }

    void write() {
        Resource<GenericKubernetesResource> resource = client.genericKubernetesResources(kind)
                .inNamespace(object.getMetadata().getNamespace())
                .withName(object.getMetadata().getName());
        resource.subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        client.getKubernetesSerialization().asJson(Map.of("status", status)));
    }
}
