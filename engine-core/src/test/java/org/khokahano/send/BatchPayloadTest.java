package org.khokahano.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class BatchPayloadTest {

    @Test
    @DisplayName("R1 R44 a frame around a message, as it came by HTTP, does not get into the batch")
    void shouldLeaveFramesOut() {
        byte[] batch = BatchPayload.of(
                List.of(
                        bytes("\u000bMSH|^~\\&|A|B|C|D|||ADT^A01|1\rPID|1\r\u001c\r"),
                        bytes("MSH|^~\\&|A|B|C|D|||ADT^A01|2\rPID|2\u001c\r"),
                        bytes("MSH|^~\\&|A|B|C|D|||ADT^A01|3")),
                "B1",
                false);

        assertThat(new String(batch, StandardCharsets.US_ASCII))
                .isEqualTo("BHS|^~\\&|A|B|C|D|||||B1\rMSH|^~\\&|A|B|C|D|||ADT^A01|1\rPID|1\r"
                        + "MSH|^~\\&|A|B|C|D|||ADT^A01|2\rPID|2\rMSH|^~\\&|A|B|C|D|||ADT^A01|3\rBTS|3\r");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
