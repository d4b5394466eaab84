package dev.slipway.core.failure;

/** Input that cannot be accepted, with the field that is at fault. */
public final class InvalidInputException extends SlipwayException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String problem;

    /** {@code field} is the path in the user's own document, such as {@code targets[0].ports[1]}. */
    public InvalidInputException(String field, String problem) {
        super(FailureType.INVALID_INPUT, field + ": " + problem);
        this.field = field;
        this.problem = problem;
    }

    public String field() {
        return field;
    }

    /** What is wrong with the field. */
    public String problem() {
        return problem;
    }
}
