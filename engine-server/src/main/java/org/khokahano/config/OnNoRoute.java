package org.khokahano.config;

/** What becomes of a message that no route wants. */
public enum OnNoRoute {
    /** It is stored and acknowledged. */
    ACCEPT,
    /** It is refused. */
    REJECT,
    /** It is acknowledged and held for an operator. */
    HOLD
}
