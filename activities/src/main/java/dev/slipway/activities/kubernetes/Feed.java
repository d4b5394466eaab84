package dev.slipway.activities.kubernetes;

import org.jspecify.annotations.Nullable;

/**
 * What can be watched as one: objects of a kind in a namespace.
 *
 * @param name just the one of this name; null for all
 * @param labels a selector; null for all
 */
record Feed(
        Kind kind,
        String namespace,
        @Nullable String name,
        @Nullable String labels) {
    static Feed all(Kind kind, String namespace) {
        return new Feed(kind, namespace, null, null);
    }

    static Feed one(Kind kind, String namespace, String name) {
        return new Feed(kind, namespace, name, null);
    }
}
