package org.khokahano.send;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.khokahano.message.FrameBytes;
import org.khokahano.message.Header;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;

/** Writes {@code [FHS]BHS{MSH...}BTS[FTS]} (2.10.3). Without times, so that a repetition has the same bytes. */
final class BatchPayload {
    private static final byte CR = '\r';
    private static final int CONTROL_ID = 11;

    private BatchPayload() {}

    /** Delimiters, sender and receiver in the headers are those of the first message. */
    static byte[] of(List<byte[]> messages, String id, boolean file) {
        int length = messages.stream().mapToInt(each -> each.length + 1).sum();
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 512);
        byte separator = separator(messages.get(0));
        if (file) {
            header(out, "FHS", messages.get(0), separator, id);
        }
        header(out, "BHS", messages.get(0), separator, id);
        messages.forEach(message -> message(out, message));
        trailer(out, "BTS", separator, messages.size());
        if (file) {
            trailer(out, "FTS", separator, 1);
        }
        return out.toByteArray();
    }

    private static byte separator(byte[] first) {
        try {
            return (byte) Message.read(first).delimiters().field();
        } catch (UnreadableMessageException e) {
            return '|';
        }
    }

    private static void header(ByteArrayOutputStream out, String name, byte[] first, byte separator, String id) {
        text(out, name);
        out.write(separator);
        try {
            Header header = Message.read(first).header();
            out.writeBytes(header.raw(2));
            for (int field = 3; field <= 6; field++) {
                out.write(separator);
                out.writeBytes(header.raw(field));
            }
        } catch (UnreadableMessageException e) {
            text(out, "^~\\&||||");
        }
        for (int field = 7; field <= CONTROL_ID; field++) {
            out.write(separator);
        }
        text(out, id);
        out.write(CR);
    }

    /** From its MSH on, without a frame, and ended, since the next line has to be the next message's. */
    private static void message(ByteArrayOutputStream out, byte[] message) {
        int from = FrameBytes.startOfMessage(message);
        int to = Math.max(from, FrameBytes.end(message));
        out.write(message, from, to - from);
        if (to == from || message[to - 1] != CR && message[to - 1] != '\n') {
            out.write(CR);
        }
    }

    private static void trailer(ByteArrayOutputStream out, String name, byte separator, int count) {
        text(out, name);
        out.write(separator);
        text(out, Integer.toString(count));
        out.write(CR);
    }

    private static void text(ByteArrayOutputStream out, String ascii) {
        out.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
    }
}
