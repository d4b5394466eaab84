package dev.slipway.core.artifact;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.slipway.core.failure.InvalidInputException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A SHA-256 digest in the notation of the OCI image specification: {@code sha256:} and 64 lower-case hex digits. */
public record Digest(@JsonValue String value) {
    private static final String ALGORITHM = "sha256:";
    private static final Pattern FORM = Pattern.compile(ALGORITHM + "[0-9a-f]{64}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Digest {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidInputException(
                    "digest", "\"" + value + "\" is no digest; expected sha256:<64 hex digits>");
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
