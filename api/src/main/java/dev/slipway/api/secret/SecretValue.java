package dev.slipway.api.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.failure.SlipwayException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** A secret that can be stored: text of a bounded size, with something in it. */
record SecretValue(String text) {
    private static final int LARGEST = 64 << 10;
    private static final String FIELD = "value";

    static SecretValue of(String text) {
        if (text.isEmpty()) {
            throw new InvalidInputException(FIELD, "is empty");
        }
        if (text.indexOf('\0') >= 0) {
            throw new InvalidInputException(FIELD, "must not contain NUL");
        }
        requireSize(UTF_8.encode(text).remaining());
        return new SecretValue(text);
    }

    static SecretValue of(byte[] body) {
        requireSize(body.length);
        try {
            return of(UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(FIELD, "must be UTF-8 text; encode binary data as Base64");
        }
    }

    private static void requireSize(int bytes) {
        if (bytes > LARGEST) {
            throw new SlipwayException(
                    FailureType.TOO_LARGE, "value: has " + bytes + " bytes; the limit is " + LARGEST);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
