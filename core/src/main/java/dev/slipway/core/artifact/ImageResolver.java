package dev.slipway.core.artifact;

/** Asks registries what a tag stands for now. */
public interface ImageResolver {
    /**
     * Pins {@code reference}, such as {@code registry.example/shop/web:1.4}, to the digest that it has now. Fails with
     * {@code ImageNotFound}, {@code RegistryRefused} or {@code RegistryUnavailable}, and with {@code InvalidInput} where
     * it is no reference.
     */
    Artifact.Image resolve(String reference);
}
