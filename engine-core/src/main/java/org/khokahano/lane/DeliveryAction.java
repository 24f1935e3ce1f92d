package org.khokahano.lane;

/** What a lane does about an outcome (R28). */
public enum DeliveryAction {
    /** Delivered. */
    DONE("done"),
    /** Try again, in order, after the back-off. */
    RETRY("retry"),
    /** Stop the lane until an operator resumes it; the delivery stays its head. */
    HOLD("hold"),
    /** Give up, keep it for an operator, go on with the next. */
    DEAD_LETTER("deadLetter"),
    /** Pass over it, go on with the next. */
    SKIP("skip");

    private final String key;

    DeliveryAction(String key) {
        this.key = key;
    }

    /** The name in configuration. */
    public String key() {
        return key;
    }
}
