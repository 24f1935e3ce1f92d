package org.khokahano.config;

/** What is done after an answer (R28). */
public enum AnswerAction {
    /** The message is delivered. */
    DONE,
    /** It is sent again, in its order. */
    RETRY,
    /** Its lane waits for an operator. */
    HOLD,
    /** It is set aside, and its lane goes on. */
    DEAD_LETTER,
    /** It is noted as skipped, and its lane goes on. */
    SKIP
}
