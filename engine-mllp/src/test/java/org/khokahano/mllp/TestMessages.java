package org.khokahano.mllp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Invented messages and answers. */
final class TestMessages {

    private TestMessages() {}

    static byte[] adt(String controlId) {
        return adt(controlId, "");
    }

    /** @param more what follows MSH-12, such as {@code |||NE|AL} */
    static byte[] adt(String controlId, String more) {
        return ("MSH|^~\\&|EHR|QMMH|HUB|MOH|20260101120000||ADT^A01|" + controlId + "|P|2.5.1" + more + "\rPID|1||"
                        + controlId + "^^^QMMH||Mokoena^Lerato\r")
                .getBytes(ISO_8859_1);
    }

    static byte[] ack(String code, String controlId) {
        return ("MSH|^~\\&|LIS|NRL|HUB|MOH|20260101120000||ACK|A" + controlId + "|P|2.5.1\rMSA|" + code + "|"
                        + controlId + "\r")
                .getBytes(ISO_8859_1);
    }

    static byte[] framed(byte[] payload) {
        byte[] frame = new byte[payload.length + 3];
        frame[0] = 0x0B;
        System.arraycopy(payload, 0, frame, 1, payload.length);
        frame[frame.length - 2] = 0x1C;
        frame[frame.length - 1] = 0x0D;
        return frame;
    }

    static byte[] text(String text) {
        return text.getBytes(ISO_8859_1);
    }

    static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    /** MSH-10 of a message, whatever else it is. */
    static String controlId(byte[] message) {
        return text(message).split("\r")[0].split("\\|", -1)[9];
    }
}
