package dev.slipway.activities.git;

/** A file of a tree. */
@SuppressWarnings("ArrayRecordComponent") // The bytes are neither compared nor kept.
public record TreeFile(byte[] bytes, boolean executable) {}
