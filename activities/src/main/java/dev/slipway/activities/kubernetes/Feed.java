package dev.slipway.activities.kubernetes;

import org.jspecify.annotations.Nullable;

/**
 * What can be watched as one: objects of a kind in a namespace.
 *
 * @param field just those where it is so; null for all
 * @param labels a selector; null for all
 */
record Feed(
        Kind kind,
        String namespace,
        @Nullable Field field,
        @Nullable String labels) {
    /** A selector that the API server knows, such as {@code metadata.name} for a name. */
    record Field(String path, String value) {}

    static Feed all(Kind kind, String namespace) {
        return new Feed(kind, namespace, null, null);
    }

    static Feed one(Kind kind, String namespace, String name) {
        return new Feed(kind, namespace, new Field("metadata.name", name), null);
    }

    static Feed events(String namespace, String reason) {
        return new Feed(Kind.EVENT, namespace, new Field("reason", reason), null);
    }
}
