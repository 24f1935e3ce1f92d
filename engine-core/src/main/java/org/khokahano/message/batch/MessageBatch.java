package org.khokahano.message.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One batch: messages that were sent together.
 *
 * @param header BHS, or null where there is none, as HL7 allows
 * @param trailer BTS, or null where there is none
 * @param messages each from its MSH to the end of its last segment, as it came
 */
public record MessageBatch(
        @Nullable BatchHeader header, @Nullable BatchHeader trailer, List<byte[]> messages) {

    public MessageBatch {
        messages = List.copyOf(messages);
    }

    /** BHS-11; empty where there is none. */
    public String controlId() {
        return header == null ? "" : header.text(BatchHeader.CONTROL_ID);
    }

    @Override
    public String toString() {
        return "batch of " + messages.size() + " messages";
    }
}
