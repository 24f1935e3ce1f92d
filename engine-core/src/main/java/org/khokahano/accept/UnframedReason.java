package org.khokahano.accept;

/** Why input never became a message. Its {@link #code()} stands in the quarantine and the metrics. */
public enum UnframedReason {
    /** Another frame began inside of it (R4). */
    INTERRUPTED_FRAME,
    /** Its end did not come in time (R5). */
    FRAME_TIMEOUT,
    /** The peer left inside of it (R5). */
    END_OF_STREAM_IN_FRAME,
    /** More bytes outside of any frame than a frame may have (R2). */
    NO_FRAME,
    /** It broke a rule that strict framing does not forgive (R2, R3). */
    STRICT_FRAMING,
    /** All unfinished frames together were more than the engine holds, and it was the largest. */
    FRAME_BUDGET,
    /** An HTTP request whose body did not come in time. */
    REQUEST_TIMEOUT,
    /** The sender of an HTTP request left inside of its body. */
    END_OF_STREAM_IN_BODY;

    private final String code;

    UnframedReason() {
        this.code = Codes.camelCase(name());
    }

    /** The reason as one word, such as {@code frameTimeout}. */
    public String code() {
        return code;
    }
}
