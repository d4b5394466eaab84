package dev.slipway.activities.kubernetes;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Objects of a kind in a namespace that a decision asks for.
 *
 * @param common just those where it is so, whoever asks; null for all
 * @param own just those of the one who asks; null for all
 */
record Feed(
        Kind kind,
        String namespace,
        @Nullable Selector common,
        @Nullable Selector own) {
    /** What the API server can select by. */
    sealed interface Selector {
        /** A field that the API server knows, such as {@code metadata.name}. */
        record Field(String path, String value) implements Selector {}

        record Label(String name, String value) implements Selector {
            @Override
            public String toString() {
                return name + "=" + value;
            }
        }

        default boolean selects(KubernetesObject object) {
            Optional<String> found = switch (this) {
                case Field field -> object.tree().text(field.path().split("\\.", -1));
                case Label label -> object.label(label.name());
            };
            return found.filter(value()::equals).isPresent();
        }

        String value();
    }

    static Feed all(Kind kind, String namespace) {
        return new Feed(kind, namespace, null, null);
    }

    static Feed one(Kind kind, String namespace, String name) {
        return new Feed(kind, namespace, null, new Selector.Field("metadata.name", name));
    }

    static Feed events(String namespace, String reason) {
        return new Feed(Kind.EVENT, namespace, new Selector.Field("reason", reason), null);
    }

    /** The secrets in which Helm keeps the revisions of {@code release}. */
    static Feed revisions(String namespace, String release) {
        return new Feed(
                Kind.SECRET, namespace, new Selector.Label("owner", "helm"), new Selector.Label("name", release));
    }

    /** What is watched for it, together with all others of the namespace. */
    Feed shared() {
        return own == null ? this : new Feed(kind, namespace, common, null);
    }

    List<Selector> selectors() {
        return Stream.of(Optional.ofNullable(common), Optional.ofNullable(own))
                .flatMap(Optional::stream)
                .toList();
    }

    boolean selects(KubernetesObject object) {
        return selectors().stream().allMatch(selector -> selector.selects(object));
    }
}
