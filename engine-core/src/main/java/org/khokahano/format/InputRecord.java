package org.khokahano.format;

import org.khokahano.message.Message;

/** What became of one record of an input. */
public sealed interface InputRecord {

    /**
     * A message was made of it.
     *
     * @param message the same for the same record, byte for byte, so that a repetition is known as one
     */
    record Readable(Message message) implements InputRecord {}

    /**
     * No message could be made of it.
     *
     * @param raw its bytes, as far as they can be told from those around it
     * @param problem where and what, as a sentence without content of the input: a line or a pointer
     */
    record Unreadable(byte[] raw, String problem) implements InputRecord {
        @Override
        public String toString() {
            return "unreadable record of " + raw.length + " bytes: " + problem;
        }
    }
}
