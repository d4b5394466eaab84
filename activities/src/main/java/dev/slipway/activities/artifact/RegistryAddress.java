package dev.slipway.activities.artifact;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Where requests may go. Image references come from users, and what a registry answers comes from strangers: neither
 * may make the control plane talk to services that only it can reach.
 */
record RegistryAddress(URI base, boolean onLoopback) {
    /** The registry itself. Only one on this machine may be asked without TLS. */
    static RegistryAddress of(ImageReference image) {
        URI uri = URI.create("https://" + image.apiHost());
        if (uri.getHost() == null || uri.getPort() > 65_535) {
            throw refused(image.registry(), "is not a valid host");
        }
        InetAddress address = lookUp(uri.getHost());
        if (isNoPlaceForARegistry(address)) {
            throw refused(
                    image.registry(),
                    "has the address " + address.getHostAddress() + ", which this installation does not allow");
        }
        boolean loopback = address.isLoopbackAddress();
        return new RegistryAddress(URI.create((loopback ? "http://" : "https://") + image.apiHost()), loopback);
    }

    /** Checks an address that the registry named, for a token or by a redirect. */
    URI checked(String named) {
        URI uri;
        try {
            uri = base.resolve(named);
        } catch (IllegalArgumentException e) {
            throw refused(base.getAuthority(), "returned an invalid URL");
        }
        if (uri.getHost() == null || uri.getUserInfo() != null) {
            throw refused(base.getAuthority(), "returned a URL without a host");
        }
        if (sameHost(uri)) {
            return uri;
        }
        if (!mayGoTo(uri)) {
            throw refused(
                    base.getAuthority(),
                    "redirected to " + uri.getScheme() + "://" + uri.getAuthority() + ", which is not trusted");
        }
        return uri;
    }

    private boolean mayGoTo(URI uri) {
        boolean encrypted = "https".equals(uri.getScheme());
        if (!encrypted && !(onLoopback && "http".equals(uri.getScheme()))) {
            return false;
        }
        InetAddress address = lookUp(uri.getHost());
        if (!encrypted) {
            return address.isLoopbackAddress();
        }
        boolean inside = address.isLoopbackAddress() || address.isSiteLocalAddress();
        return !isNoPlaceForARegistry(address) && (!inside || isInside());
    }

    private static boolean isNoPlaceForARegistry(InetAddress address) {
        return address.isLinkLocalAddress() || address.isAnyLocalAddress() || address.isMulticastAddress();
    }

    boolean sameHost(URI uri) {
        return base.getScheme().equals(uri.getScheme()) && base.getAuthority().equals(uri.getAuthority());
    }

    private boolean isInside() {
        return onLoopback || lookUp(base.getHost()).isSiteLocalAddress();
    }

    private static InetAddress lookUp(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new SlipwayException(
                    FailureType.REGISTRY_UNAVAILABLE,
                    "The registry host " + host + " is unknown. Check the name, and the control plane's DNS.",
                    e);
        }
    }

    private static SlipwayException refused(String registry, String why) {
        return new SlipwayException(FailureType.REGISTRY_REFUSED, "The registry " + registry + " " + why + ".");
    }
}
