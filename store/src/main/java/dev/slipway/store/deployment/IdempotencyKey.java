package dev.slipway.store.deployment;

/**
 * What a caller calls its request by, and a hash of the request, which tells a repetition from another request. The same key
 * of another caller is another key.
 */
public record IdempotencyKey(String caller, String key, String requestHash) {
    /** All in one: other requests under the same key have others. */
    public String id() {
        return caller + " " + key + " " + requestHash;
    }
}
