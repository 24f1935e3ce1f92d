package org.khokahano.http;

import java.nio.charset.StandardCharsets;

/** Invented messages. */
final class TestMessages {

    private TestMessages() {}

    static byte[] message(String controlId) {
        return text("MSH|^~\\&|EHR|QMMH|HUB|NRL|20261122190000||ADT^A01^ADT_A01|" + controlId + "|P|2.5.1\r"
                + "PID|1||L0001^^^QMMH||Mokoena^Thabo\r");
    }

    static byte[] acknowledgement(String code, String controlId) {
        return text("MSH|^~\\&|HUB|NRL|EHR|QMMH|20261122190001||ACK^A01^ACK|A" + controlId + "|P|2.5.1\r" + "MSA|"
                + code + '|' + controlId + '\r');
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
