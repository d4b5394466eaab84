package dev.slipway.activities.net;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The addresses that agree with {@code base} in the first {@code bits}. */
record AddressRange(InetAddress base, int bits) {
    private static final Pattern FORM =
            Pattern.compile("\\[?((?:\\d{1,3}\\.){3}\\d{1,3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]+)]?(?:/(\\d{1,3}))?");

    /** Whether {@code text} is an address or a range of addresses; otherwise it may be a name. */
    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    static AddressRange parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "invalid address range \"" + text + "\": expected an address or a range, for example 10.0.0.0/8");
        }
        InetAddress base = InetAddress.ofLiteral(parts.group(1));
        int longest = base.getAddress().length * Byte.SIZE;
        String bits = parts.group(2);
        int given = bits == null ? longest : Integer.parseInt(bits);
        if (given > longest) {
            throw new IllegalArgumentException("\"" + text + "\" has a prefix that is longer than an address");
        }
        return new AddressRange(base, given);
    }

    static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    boolean contains(InetAddress address) {
        byte[] mine = base.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((mine[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
