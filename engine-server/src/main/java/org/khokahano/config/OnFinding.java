package org.khokahano.config;

/** What is done about a message with findings of a severity. */
public enum OnFinding {
    /** It is refused with a reason for each finding, and kept in quarantine. */
    REJECT,
    /** It is stored and acknowledged, and its deliveries wait for an operator. */
    HOLD,
    /** It goes its way, and the findings are counted. */
    WARN,
    /** It goes its way. */
    IGNORE
}
