package org.khokahano.send;

import java.time.Duration;

/**
 * How messages are gathered into batches (2.10.3, R43).
 *
 * @param messages how many go together at most
 * @param longestWait how long the first of them waits for others
 * @param bytes a batch that has reached this goes
 * @param file whether FHS and FTS stand around it
 * @param answers which messages the partner's answer speaks of (R44)
 */
public record BatchSettings(int messages, Duration longestWait, long bytes, boolean file, Answers answers) {

    /** Which messages the partner's answer speaks of. */
    public enum Answers {
        /** Each has its acknowledgement; what has none was not taken. */
        ALL,
        /** What the answer does not name was taken. */
        ERRORS,
        /** What the transport says holds for all. */
        NONE
    }
}
