package dev.slipway.activities.git;

import dev.slipway.activities.net.AddressPolicy;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.GitRemote;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** A remote's host with the addresses that were found to be allowed: it is connected to these and to no others. */
record Endpoint(GitRemote remote, List<InetAddress> addresses) {
    static Endpoint of(GitRemote remote, AddressPolicy policy) {
        try {
            Endpoint endpoint = new Endpoint(remote, policy.resolve(remote.host()));
            if (remote.scheme() == GitRemote.Scheme.HTTP
                    && !endpoint.addresses.stream().allMatch(InetAddress::isLoopbackAddress)) {
                throw new SlipwayException(
                        FailureType.ADDRESS_NOT_ALLOWED, "The repository " + remote + " uses plain http. Use https.");
            }
            return endpoint;
        } catch (UnknownHostException e) {
            throw new SlipwayException(
                    FailureType.GIT_UNAVAILABLE,
                    "The host of the repository " + remote
                            + " cannot be resolved. Check the name, and the control plane's DNS.",
                    e);
        }
    }
}
