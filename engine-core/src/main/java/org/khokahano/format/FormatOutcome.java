package org.khokahano.format;

/** How writing a message in a format ended. */
public sealed interface FormatOutcome {

    /** What the partner gets. */
    record Written(byte[] bytes) implements FormatOutcome {
        @Override
        public String toString() {
            return bytes.length + " bytes";
        }
    }

    /**
     * The message holds what the format has no place for, or lacks what it needs.
     *
     * @param reason what, with its place and without content of the message
     */
    record Unsayable(String reason) implements FormatOutcome {}
}
