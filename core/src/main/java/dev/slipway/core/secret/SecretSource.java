package dev.slipway.core.secret;

/** Resolves references to secrets at the moment of use. What it gives is never kept, logged or passed to Temporal. */
public interface SecretSource {
    /** The value of the secret with this name; fails with {@code UnknownSecret}. */
    String resolve(String name);
}
