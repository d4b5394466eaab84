package dev.slipway.workflows;

import io.temporal.common.converter.DataConverterException;

/**
 * A payload was encrypted with another key, or damaged. Temporal drops a signal with such arguments, instead of offering it
 * to a workflow again and again.
 */
public final class UnreadablePayloadException extends DataConverterException {
    private static final long serialVersionUID = 1L;

    public UnreadablePayloadException(Throwable cause) {
        super("A Temporal payload is not encrypted with this installation's payload key, or is damaged", cause);
    }
}
