package org.khokahano.fault;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** MLLP frames over blocking streams (R1), written apart from the engine's own code. */
final class Frames {

    private Frames() {}

    /** Writes a frame in one write. */
    static void write(OutputStream out, byte[] payload) throws IOException {
        byte[] frame = new byte[payload.length + 3];
        frame[0] = 0x0B;
        System.arraycopy(payload, 0, frame, 1, payload.length);
        frame[payload.length + 1] = 0x1C;
        frame[payload.length + 2] = 0x0D;
        out.write(frame);
        out.flush();
    }

    /** Reads the next frame's payload. */
    static byte[] read(InputStream in) throws IOException {
        int next = in.read();
        while (next != 0x0B) {
            if (next < 0) {
                throw new EOFException("the connection was closed");
            }
            next = in.read();
        }
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        for (next = in.read(); next != 0x1C; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection was closed inside of a frame");
            }
            payload.write(next);
        }
        in.read();
        return payload.toByteArray();
    }

    /** A field of the first segment with the given name, counted as HL7 does; empty where missing. */
    static String field(byte[] message, String segment, int number) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        int start = 0;
        while (start < text.length()) {
            int end = start;
            while (end < text.length() && text.charAt(end) != '\r' && text.charAt(end) != '\n') {
                end++;
            }
            if (text.startsWith(segment, start) && end > start + 3) {
                String[] fields =
                        text.substring(start, end).split(Pattern.quote(text.substring(start + 3, start + 4)), -1);
                int index = segment.equals("MSH") ? number - 1 : number;
                return index < fields.length ? fields[index] : "";
            }
            start = end + 1;
        }
        return "";
    }
}
