package dev.slipway.store.deployment;

/** What a client calls its request by, and a hash of the request, which tells a repetition from another request. */
public record IdempotencyKey(String key, String requestHash) {
    /** Both in one: other requests under the same key have others. */
    public String id() {
        return key + " " + requestHash;
    }
}
