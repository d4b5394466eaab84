package dev.slipway.api.deployment;

import dev.slipway.core.release.DeploymentId;
import java.security.SecureRandom;

/** New ids: 48 bits of time in milliseconds, then 32 of chance, in Crockford's Base32, so that they sort by time. */
public final class DeploymentIds {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LENGTH = 16;
    private static final int BITS = 5;

    private DeploymentIds() {}

    public static DeploymentId next() {
        return of(System.currentTimeMillis(), RANDOM.nextInt());
    }

    static DeploymentId of(long millis, int chance) {
        char[] id = new char[LENGTH];
        // 80 bits do not fit a long: the upper 40 and the lower 40 make eight characters each.
        long upper = (millis & ((1L << 48) - 1)) >>> 8;
        long lower = (millis & 0xff) << 32 | Integer.toUnsignedLong(chance);
        for (int i = LENGTH / 2 - 1; i >= 0; i--) {
            id[i] = ALPHABET.charAt((int) (upper & 31));
            id[i + LENGTH / 2] = ALPHABET.charAt((int) (lower & 31));
            upper >>>= BITS;
            lower >>>= BITS;
        }
        return new DeploymentId(new String(id));
    }
}
