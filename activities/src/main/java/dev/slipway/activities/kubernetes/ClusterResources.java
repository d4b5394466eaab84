package dev.slipway.activities.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The requests to an API server. */
record ClusterResources(KubernetesClient client) {
    /** Objects in one answer, as kubectl asks: an API server holds each answer in memory as a whole. */
    private static final long PAGE = 500;

    /** All objects of {@code feed} as they are now, not as a cache of the API server has them. */
    List<KubernetesObject> list(Feed feed) {
        List<KubernetesObject> objects = new ArrayList<>();
        @Nullable String next = null;
        do {
            GenericKubernetesResourceList page = select(feed)
                    .list(new ListOptionsBuilder()
                            .withLimit(PAGE)
                            .withContinue(next)
                            .build());
            page.getItems().forEach(resource -> objects.add(read(feed.kind(), resource)));
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
        return objects;
    }

    /** One that is not started yet. Unlike one without a limit, it begins with a list that is not older than itself. */
    SharedIndexInformer<GenericKubernetesResource> informer(Feed feed) {
        return select(feed).withLimit(PAGE).runnableInformer(0);
    }

    /** Changes an object as a JSON merge patch says. */
    void merge(KubernetesObject object, String patch) {
        client.genericKubernetesResources(context(object.kind()))
                .inNamespace(object.namespace())
                .withName(object.name())
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    KubernetesObject read(Kind kind, GenericKubernetesResource resource) {
        // The larger half of many objects, and of no interest.
        resource.getMetadata().setManagedFields(List.of());
        Map<String, Object> content = new LinkedHashMap<>(resource.getAdditionalProperties());
        content.put("metadata", client.getKubernetesSerialization().convertValue(resource.getMetadata(), Map.class));
        return new KubernetesObject(kind, new Tree(content));
    }

    private FilterWatchListDeletable<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            select(Feed feed) {
        FilterWatchListDeletable<
                        GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
                selected =
                        client.genericKubernetesResources(context(feed.kind())).inNamespace(feed.namespace());
        for (Feed.Selector selector : feed.selectors()) {
            selected = switch (selector) {
                case Feed.Selector.Field(var path, var value) -> selected.withField(path, value);
                case Feed.Selector.Label(var name, var value) -> selected.withLabel(name, value);
            };
        }
        return selected;
    }

    private static ResourceDefinitionContext context(Kind kind) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(kind.group())
                .withVersion(kind.version())
                .withPlural(kind.plural())
                .withKind(kind.display())
                .withNamespaced(true)
                .build();
    }
}
