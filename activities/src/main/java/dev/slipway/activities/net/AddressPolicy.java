package dev.slipway.activities.net;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a URL that somebody else wrote may lead. This machine itself, its link and the metadata services of clouds are
 * out of bounds unless the operator allows them; private networks are not, as that is where most Git servers are.
 *
 * <p>Who connects takes one of the addresses that {@link #resolve} gives: another look at the name could give another one.
 */
public final class AddressPolicy {
    // Metadata services that are not link-local: Alibaba, Azure, AWS.
    private static final List<AddressRange> METADATA = Stream.of("100.100.100.200", "168.63.129.16", "fd00:ec2::254")
            .map(AddressRange::parse)
            .toList();

    private final Set<String> hosts = new LinkedHashSet<>();
    private final Set<AddressRange> ranges = new LinkedHashSet<>();
    private final boolean allowLoopback;

    /**
     * @param allowed hosts by name, addresses, and ranges of addresses such as {@code 127.0.0.0/8}
     * @param allowLoopback whether the machine itself is one more of them
     */
    public AddressPolicy(Collection<String> allowed, boolean allowLoopback) {
        this.allowLoopback = allowLoopback;
        for (String one : allowed) {
            if (AddressRange.isOne(one)) {
                ranges.add(AddressRange.parse(one));
            } else {
                hosts.add(one.toLowerCase(Locale.ROOT));
            }
        }
    }

    /** The addresses of {@code host} that may be connected to; fails with {@code AddressNotAllowed} where none may. */
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        String name = AddressRange.withoutBrackets(host).toLowerCase(Locale.ROOT);
        List<InetAddress> all = List.of(InetAddress.getAllByName(name));
        if (hosts.contains(name)) {
            return all;
        }
        List<InetAddress> allowed = all.stream().filter(this::isAllowed).toList();
        if (allowed.isEmpty()) {
            throw new SlipwayException(
                    FailureType.ADDRESS_NOT_ALLOWED,
                    "The host " + host + " resolves to " + all.getFirst().getHostAddress()
                            + ", which this installation does not allow. Its operator can allow the host with SLIPWAY_NETWORK_ALLOWED.");
        }
        return allowed;
    }

    private boolean isAllowed(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address))
                || (allowLoopback && address.isLoopbackAddress())
                || !isOutOfBounds(EmbeddedAddress.in(address));
    }

    private static boolean isOutOfBounds(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean thisNetworkOrBroadcast = bytes.length == 4 && (bytes[0] == 0 || (bytes[0] & 0xF0) == 0xF0);
        return thisNetworkOrBroadcast
                || address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || METADATA.stream().anyMatch(range -> range.contains(address));
    }
}
