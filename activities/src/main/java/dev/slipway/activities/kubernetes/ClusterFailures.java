package dev.slipway.activities.kubernetes;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a failed call to an API server comes to. */
final class ClusterFailures {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    // Timed out; a watch that begins too late; too many requests.
    private static final Set<Integer> PASSING = Set.of(408, 410, 429);

    private ClusterFailures() {}

    /** What a client fails with in another thread. */
    static KubernetesClientException cause(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof KubernetesClientException e) {
                return e;
            }
        }
        return new KubernetesClientException(String.valueOf(thrown.getMessage()), thrown);
    }

    /** What there is instead of a feed that could not be asked for; fails where that is nothing about this feed alone. */
    static Listing listing(String cluster, String verb, Feed feed, KubernetesClientException e) {
        SlipwayException translated = of(cluster, verb, feed, e);
        if (e.getCode() == NOT_FOUND) {
            return new Listing.NoSuchKind();
        }
        if (e.getCode() != UNAUTHORIZED && isRefusal(e)) {
            return new Listing.Refused(translated);
        }
        throw translated;
    }

    /** Whether waiting does not help. */
    private static boolean isRefusal(KubernetesClientException e) {
        return (e.getCode() >= 400 && e.getCode() < 500 && !PASSING.contains(e.getCode())) || isUntrusted(e);
    }

    /** Whether the server is not who the kubeconfig says. */
    private static boolean isUntrusted(Throwable e) {
        return e instanceof CertificateException || (e.getCause() != null && isUntrusted(e.getCause()));
    }

    private static SlipwayException of(String cluster, String verb, Feed feed, KubernetesClientException e) {
        String action = "to " + verb + " " + feed.kind().resource() + " in namespace " + feed.namespace();
        return switch (e.getCode()) {
            case UNAUTHORIZED ->
                new SlipwayException(
                        FailureType.CLUSTER_REFUSED,
                        "Cluster " + cluster
                                + " rejected the credentials of its kubeconfig (401): they are expired,"
                                + " revoked or of another cluster. Store a valid kubeconfig.",
                        e);
            case FORBIDDEN ->
                new SlipwayException(
                        FailureType.CLUSTER_REFUSED,
                        "Cluster " + cluster + " does not permit the credentials " + action + ": " + said(e)
                                + ". Grant the verbs get, list and watch on "
                                + feed.kind().resource() + " in namespace "
                                + feed.namespace() + " by a Role and a RoleBinding.",
                        e);
            default ->
                new SlipwayException(
                        isRefusal(e) ? FailureType.CLUSTER_REFUSED : FailureType.CLUSTER_UNAVAILABLE,
                        "Cluster " + cluster + " did not respond to the request " + action + ": " + said(e),
                        e);
        };
    }

    /** {@code forGood}: whether it has been looked for long enough to call it wrong. */
    static SlipwayException unknownHost(String cluster, UnknownHostException e, boolean forGood) {
        return new SlipwayException(
                forGood ? FailureType.CLUSTER_REFUSED : FailureType.CLUSTER_UNAVAILABLE,
                "Cluster " + cluster + " cannot be reached: could not resolve the host in field \"server\" of its"
                        + " kubeconfig (" + e.getMessage() + "). Correct the kubeconfig, or DNS.",
                e);
    }

    private static String said(KubernetesClientException e) {
        String status = e.getStatus() == null ? null : e.getStatus().getMessage();
        return status != null ? status : root(e);
    }

    private static String root(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        @Nullable String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
