package dev.slipway.api.deployment;

import dev.slipway.core.deployment.DeploymentId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

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

    /** When {@link #next} made {@code id}; empty for one that it did not make. */
    public static Optional<Instant> createdAt(DeploymentId id) {
        String text = id.value();
        if (text.length() != LENGTH) {
            return Optional.empty();
        }
        long millis = 0;
        // The first eight characters and 8 bits of the next two: 48 bits in all.
        for (char digit : text.substring(0, LENGTH / 2 + 2).toCharArray()) {
            int value = ALPHABET.indexOf(digit);
            if (value < 0) {
                return Optional.empty();
            }
            millis = millis << BITS | value;
        }
        return Optional.of(Instant.ofEpochMilli(millis >>> 2));
    }
}
