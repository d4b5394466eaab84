package dev.slipway.api.manifest;

import dev.slipway.store.fleet.Applied;
import java.util.List;

/** One kind of document that can be applied. A bean of this type is all that a new kind needs. */
public interface DocumentKind<T> {
    /** The value of the field {@code kind}. */
    String name();

    /** Reads a document; {@code kind} is taken already. Changes nothing. */
    T read(Fields fields);

    /** Makes what is declared true, within the transaction of the whole apply; the answers come in the same order. */
    List<Applied> apply(List<T> declared);

    /** Looks, once all documents of all kinds are applied, whether what these speak of is there. */
    default void check(List<T> declared) {}
}
