package dev.slipway.api.artifact;

/** The upload is somewhere else than the client believes. */
final class OffsetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long offset;

    OffsetException(long offset) {
        super("The upload is at offset " + offset + "; resume from there");
        this.offset = offset;
    }

    long offset() {
        return offset;
    }
}
