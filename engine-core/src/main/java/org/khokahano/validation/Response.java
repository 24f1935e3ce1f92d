package org.khokahano.validation;

/** What is done about findings, the strictest first. */
public enum Response {
    /** The message is refused with a reason for each finding, and kept in quarantine. */
    REJECT,
    /** It is stored and acknowledged; its deliveries wait for an operator. */
    HOLD,
    /** It goes its way; the findings are counted. */
    WARN,
    /** It goes its way, and nobody is told. */
    IGNORE
}
