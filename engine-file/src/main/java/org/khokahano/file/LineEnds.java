package org.khokahano.file;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** The ends of a message's lines. */
final class LineEnds {

    private LineEnds() {}

    /** Every LF and CRLF becomes a CR. */
    static byte[] toCarriageReturns(byte[] message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(message.length);
        for (byte each : message) {
            if (each == '\n') {
                out.write('\r');
            } else if (each != '\r') {
                out.write(each);
            }
        }
        return out.toByteArray();
    }

    /** Empty lines behind the last segment belong to the file, not to the message. */
    static byte[] withoutEmptyLines(byte[] message) {
        int end = message.length;
        while (end > 0 && isLineEnd(message[end - 1])) {
            end--;
        }
        int kept = end;
        if (kept < message.length) {
            boolean both = message[kept] == '\r' && kept + 1 < message.length && message[kept + 1] == '\n';
            kept += both ? 2 : 1;
        }
        return kept == message.length ? message : Arrays.copyOf(message, kept);
    }

    private static boolean isLineEnd(byte each) {
        return each == '\r' || each == '\n';
    }
}
