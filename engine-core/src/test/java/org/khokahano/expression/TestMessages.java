package org.khokahano.expression;

import java.nio.charset.StandardCharsets;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;

/** Messages of invented people. */
final class TestMessages {

    private TestMessages() {}

    static Message order() {
        return message("MSH|^~\\&|EHR|QMMH|HUB|NRL|20261122||OML^O21^OML_O21|M7|P|2.5.1\r"
                + "PID|1||LS-77^^^QMMH^MR~990011^^^NID||Mokoena^Lineo\r"
                + "PV1|1|E\r"
                + "OBR|1|||718-7^Haemoglobin^LN\r"
                + "OBX|1|NM|718-7^Haemoglobin^LN||131\r"
                + "OBX|2|NM|6690-2^Leukocytes^LN||6\r");
    }

    static Message message(String text) {
        try {
            return Message.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableMessageException e) {
            throw new AssertionError(e);
        }
    }
}
