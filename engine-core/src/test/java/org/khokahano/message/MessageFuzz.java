package org.khokahano.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The index against the slow reader; then an edit, which changes its place and no other byte. */
public final class MessageFuzz {
    /** How many a build tries: some ten seconds. */
    public static final int INPUTS = 60_000;

    private static final MessagePath EDITED = MessagePath.parse("MSH-8");

    private MessageFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        byte[] original = input.clone();
        Message message;
        try {
            message = Message.read(input);
        } catch (UnreadableMessageException refused) {
            return;
        }
        message.warnings();
        message.structure();
        for (int i = 0; i < message.segmentCount(); i++) {
            for (int field = 1; field <= message.segment(i).fieldCount(); field++) {
                message.segment(i).text(field);
            }
        }
        if (message.source().bytes == message.source().scan) {
            SlowReader slow = new SlowReader(message.bytes(), message.delimiters());
            ReaderComparison.compare("fuzz", message, slow, StandardCharsets.ISO_8859_1);
        }
        if (message.hasContradictoryCharacterSet()) {
            // No listener takes it: an edit of its header may change where all its fields are.
            return;
        }
        Message edited;
        try {
            edited = message.edit().set(EDITED, "v1").apply();
        } catch (IllegalArgumentException refused) {
            // Only where a character may hold a separator.
            if (ByteSearch.isAscii(original, 0, original.length)) {
                throw refused;
            }
            return;
        }
        if (!edited.get(EDITED).equals("v1")) {
            throw new AssertionError("MSH-8 is not what was written");
        }
        if (message.raw(EDITED).length < 50) {
            ReaderComparison.sameBytesElsewhere("fuzz", message, edited);
        }
        if (!Arrays.equals(message.edit().apply().bytes(), original) || !Arrays.equals(input, original)) {
            throw new AssertionError("bytes have changed");
        }
        CharacterSetChange.to("8859/1").change(message);
        CharacterSetChange.to("UNICODE UTF-8").change(message);
    }
}
