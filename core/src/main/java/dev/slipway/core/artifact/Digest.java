package dev.slipway.core.artifact;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.slipway.core.failure.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A SHA-256 digest in the notation of the OCI image specification: {@code sha256:} and 64 lower-case hex digits. */
public record Digest(@JsonValue String value) {
    private static final String ALGORITHM = "sha256:";

    public static final String PATTERN = ALGORITHM + "[0-9a-f]{64}";

    private static final Pattern FORM = Pattern.compile(PATTERN);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Digest {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidInputException(
                    "digest", "invalid digest \"" + value + "\": expected sha256:<64 hex digits>");
        }
    }

    /** The digest of {@code content}. */
    public static Digest of(byte[] content) {
        return ofSha256(sha256().digest(content));
    }

    /** The digest of {@code text} in UTF-8. */
    public static Digest of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** For content that arrives piece by piece; {@link #ofSha256} takes the result. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every JDK has SHA-256", e);
        }
    }

    /** The digest of these 32 bytes, as {@code MessageDigest} gives them. */
    public static Digest ofSha256(byte[] hash) {
        return new Digest(ALGORITHM + HexFormat.of().formatHex(hash));
    }

    /** The 64 hex digits alone, for file names. */
    public String hex() {
        return value.substring(ALGORITHM.length());
    }

    /** The first twelve hex digits, for people. */
    public String abbreviated() {
        return hex().substring(0, 12);
    }

    @Override
    public String toString() {
        return value;
    }
}
