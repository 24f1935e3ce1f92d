package org.khokahano.config;

/** What becomes of a delivery by its application acknowledgement. */
public enum AwaitedAction {
    /** It is delivered. */
    DONE,
    /** It is set aside for an operator. */
    DEAD_LETTER
}
