package org.khokahano.http;

/** What tells whether a partner took a message; {@link AnswerJudge} has the rules. */
public enum Judge {
    /** The response's status alone. */
    STATUS,
    /** The acknowledgement in the response's body. */
    ACK,
    /** The status must be good and, where there is an acknowledgement, it too. */
    BOTH
}
