package org.khokahano.message;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Invented messages for tests. */
final class Samples {
    static final String HEADER =
            "MSH|^~\\&|QMMH-EHR^1.2.3^ISO|QMMH|LIS|NRL|20261122101500||" + "ORU^R01^ORU_R01|Q-0001|P|2.5.1|||AL|NE";
    static final String PATIENT =
            "PID|1||LS-100^^^QMMH&2.16&ISO^MR~LS-200^^^NID||" + "Mokoena^Thabo^L^^^^L||19880412|M";
    static final String ORU = HEADER + "\r" + PATIENT + "\rPV1|1|I|W1^2^B\r"
            + "OBR|1|P-1|F-1|718-7^Haemoglobin^LN\r"
            + "OBX|1|NM|718-7^Haemoglobin^LN||13.2|g/dL|12-16|N\r"
            + "OBX|2|ST|NOTE||H&E stain|||\"\"\r"
            + "ZPD|x|y\r";

    private Samples() {}

    static Message message(String text) {
        return message(text, StandardCharsets.ISO_8859_1);
    }

    static Message message(String text, Charset charset) {
        return read(text.getBytes(charset));
    }

    static Message read(byte[] bytes) {
        try {
            return Message.read(bytes);
        } catch (UnreadableMessageException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /** A message with this in MSH-18, and these further segments. */
    static String declaring(String characterSet, String segments) {
        return "MSH|^~\\&|A|B|C|D|20261122||ADT^A01|1|P|2.5||||||" + characterSet + "\r" + segments;
    }

    static String text(Message message) {
        return new String(message.bytes(), StandardCharsets.ISO_8859_1);
    }

    static MessagePath path(String text) {
        return MessagePath.parse(text);
    }
}
