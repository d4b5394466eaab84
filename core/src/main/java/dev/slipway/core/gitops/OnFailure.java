package dev.slipway.core.gitops;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What becomes of the commit of a deployment that fails behind it. */
public enum OnFailure {
    /** It stands. */
    STOP,
    /** What was there before is committed again. */
    REVERT;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
