package org.khokahano.message.batch;

import java.nio.charset.StandardCharsets;

/** The reader of batches: each message is a part of the input, in order, and none is made up. */
public final class BatchFuzz {
    /** How many a build tries: some ten seconds. */
    public static final int INPUTS = 100_000;

    private BatchFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String whole = new String(input, StandardCharsets.ISO_8859_1);
        BatchInput.begins(input);
        int from = 0;
        for (MessageBatch batch : BatchInput.read(input).batches()) {
            for (byte[] message : batch.messages()) {
                String text = new String(message, StandardCharsets.ISO_8859_1);
                int at = whole.indexOf(text, from);
                if (at < 0) {
                    throw new AssertionError("a message that the input does not have there");
                }
                from = at + text.length();
            }
        }
    }
}
