package dev.slipway.api.manifest;

import dev.slipway.core.resource.Kinds;
import dev.slipway.store.fleet.Applied;
import java.util.List;

/** One kind of document that can be applied. A bean of this type is all that a new kind needs. */
public interface DocumentKind<T extends Record> {
    /** What documents of the kind are read as. */
    Class<T> type();

    /** The value of the field {@code kind}. */
    default String name() {
        return Kinds.name(type());
    }

    /** Makes what is declared true, within the transaction of the whole apply; the answers come in the same order. */
    List<Applied> apply(List<T> declared);

    /** Looks, once all documents of all kinds are applied, whether what these refer to exists. */
    default void check(List<T> declared) {}
}
