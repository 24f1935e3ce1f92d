package org.khokahano.mllp;

import java.time.Duration;

/**
 * What a sender expects in return for a message.
 *
 * @param timeout how long an acknowledgement may take after the message was written (R27)
 * @param maxBytes the longest acknowledgement
 * @param positional whether an acknowledgement belongs to the oldest outstanding message whatever
 *     its MSA-2 says, for partners that do not echo MSH-10 (R26)
 * @param asMessage whether a message whose MSH-15 is NE (table 0155) is done once it is written;
 *     otherwise every message waits for its acknowledgement
 * @param release2 whether the partner speaks MLLP release 2: each content is committed by its receiver
 *     before the next one (R46)
 * @param replyOnly whether an accept acknowledgement that says CA is passed over, since what is waited
 *     for is the reply that follows it (R22)
 */
public record AnswerSettings(
        Duration timeout, int maxBytes, boolean positional, boolean asMessage, boolean release2, boolean replyOnly) {

    /** Whose accept acknowledgement is its answer. */
    public AnswerSettings(Duration timeout, int maxBytes, boolean positional, boolean asMessage, boolean release2) {
        this(timeout, maxBytes, positional, asMessage, release2, false);
    }

    /** By MLLP release 1. */
    public AnswerSettings(Duration timeout, int maxBytes, boolean positional, boolean asMessage) {
        this(timeout, maxBytes, positional, asMessage, false);
    }

    public static AnswerSettings defaults() {
        return new AnswerSettings(Duration.ofSeconds(30), 1 << 20, false, false);
    }
}
