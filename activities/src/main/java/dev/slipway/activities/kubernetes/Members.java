package dev.slipway.activities.kubernetes;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Which objects belong to what is awaited, and in which namespaces they are to be found. */
record Members(Set<String> namespaces, Predicate<KubernetesObject> certain, Predicate<KubernetesObject> otherwise) {
    static final Members NONE = new Members(Set.of(), _ -> false, _ -> false);

    private static final Predicate<KubernetesObject> HOOK =
            object -> object.annotation("helm.sh/hook").isPresent();

    /** An object by its kind and name, as inventories list them. */
    record Listed(String kind, String namespace, String name) {}

    /**
     * What Helm has installed: it annotates all that it applies but its hooks. Unlike the manifest in the release's
     * secret, that can be read without access to secrets.
     */
    static Members ofRelease(String namespace, String release) {
        Predicate<KubernetesObject> instance = isInstance(release);
        return new Members(
                Set.of(namespace),
                object -> isOfRelease(object, namespace, release)
                        || HOOK.and(instance).test(object),
                instance);
    }

    static Members ofInventory(Collection<Listed> inventory, String fallbackNamespace, String name) {
        if (inventory.isEmpty()) {
            return new Members(Set.of(fallbackNamespace), _ -> false, isInstance(name));
        }
        Set<String> namespaces = new TreeSet<>();
        inventory.stream()
                .filter(listed -> !listed.namespace().isEmpty() && Workloads.isWorkload(listed.kind()))
                .forEach(listed -> namespaces.add(listed.namespace()));
        return new Members(
                namespaces,
                object -> inventory.contains(new Listed(object.kind().display(), object.namespace(), object.name())),
                _ -> false);
    }

    private static boolean isOfRelease(KubernetesObject object, String namespace, String release) {
        return has(object.annotation("meta.helm.sh/release-name"), release)
                && has(object.annotation("meta.helm.sh/release-namespace"), namespace);
    }

    private static Predicate<KubernetesObject> isInstance(String name) {
        return object -> has(object.label("app.kubernetes.io/instance"), name);
    }

    private static boolean has(Optional<String> text, String wanted) {
        return text.filter(wanted::equals).isPresent();
    }

    /** Those that surely belong to it; where there are none, those that may. */
    List<KubernetesObject> of(List<KubernetesObject> objects) {
        List<KubernetesObject> sure = objects.stream().filter(certain).toList();
        return sure.stream().anyMatch(HOOK.negate())
                ? sure
                : objects.stream().filter(certain.or(otherwise)).toList();
    }
}
