package org.khokahano.transform.value;

/** Text that is written for a value function and is none. */
public final class InvalidFunctionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int offset;
    private final String problem;
    private final String hint;

    /**
     * @param offset where in the text, from 0
     * @param hint what to do about it; empty where the message says it
     */
    InvalidFunctionException(int offset, String message, String hint) {
        super(message, null, false, false);
        this.offset = offset;
        this.problem = message;
        this.hint = hint;
    }

    /** What is wrong, in one sentence without a full stop. */
    public String problem() {
        return problem;
    }

    /** Where in the text, from 0. */
    public int offset() {
        return offset;
    }

    /** What to do about it; empty where the problem says it. */
    public String hint() {
        return hint;
    }
}
