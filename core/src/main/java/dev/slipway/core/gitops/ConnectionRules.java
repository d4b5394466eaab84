package dev.slipway.core.gitops;

/** What this installation connects to, and how. Asked at the door, so that nobody waits for a deployment to be told. */
public interface ConnectionRules {
    /** Fails with {@code AddressNotAllowed} where nothing goes to {@code host}. One that has no address now is none of that. */
    void checkHost(String host);

    /**
     * Fails with {@code ClusterRefused}, naming the field, unless {@code kubeconfig} is one that can be used, and with {@code
     * AddressNotAllowed} where nothing goes to its server.
     */
    void checkKubeconfig(String kubeconfig);

    /** Fails with {@code InvalidSigningKey} unless {@code key}, stored as {@code secret}, could sign a commit. */
    void checkSigningKey(String secret, String key);
}
