package org.khokahano.config;

/** Which messages the answer to a batch speaks of (R44). */
public enum BatchAnswers {
    /** All of them: a batch of acknowledgements. */
    ALL,
    /** Those that were not taken; the answer may be a batch of none. */
    ERRORS,
    /** None: a batch is not answered. */
    NONE
}
