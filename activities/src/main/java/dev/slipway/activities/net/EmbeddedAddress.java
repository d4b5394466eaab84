package dev.slipway.activities.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** IPv4 addresses that are written as IPv6 addresses. Java itself knows the mapped form only. */
final class EmbeddedAddress {
    private static final AddressRange COMPATIBLE = AddressRange.parse("::/96");
    private static final AddressRange TRANSLATED = AddressRange.parse("64:ff9b::/96");
    private static final AddressRange TUNNELLED = AddressRange.parse("2002::/16");
    private static final int LENGTH = 4;

    private EmbeddedAddress() {}

    /** Where {@code address} really leads. */
    static InetAddress in(InetAddress address) {
        boolean isOwn = address.isLoopbackAddress() || address.isAnyLocalAddress();
        if (!(address instanceof Inet6Address) || isOwn) {
            return address;
        }
        if (COMPATIBLE.contains(address) || TRANSLATED.contains(address)) {
            return part(address, 12);
        }
        return TUNNELLED.contains(address) ? part(address, 2) : address;
    }

    private static InetAddress part(InetAddress address, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), from, from + LENGTH));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an address.", e);
        }
    }
}
