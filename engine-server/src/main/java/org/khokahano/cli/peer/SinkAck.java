package org.khokahano.cli.peer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.khokahano.message.Header;
import org.khokahano.message.Message;

/** The acknowledgement of a simple partner: MSH and MSA, nothing else (2.13.1). */
final class SinkAck {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssxx", Locale.ROOT);

    private SinkAck() {}

    static byte[] write(@Nullable Message request, SinkAnswer answer, long number) {
        String time = OffsetDateTime.now().format(TIME);
        if (request == null) {
            return ("MSH|^~\\&|||||" + time + "||ACK|SINK" + number + "|P|2.5.1\rMSA|AR|\r")
                    .getBytes(StandardCharsets.US_ASCII);
        }
        Header header = request.header();
        String code = answer == SinkAnswer.WRONG_ID ? SinkAnswer.AA.toString() : answer.toString();
        Segments out = new Segments((byte) request.delimiters().field());
        out.text("MSH").field(header.raw(2));
        out.field(header.raw(5)).field(header.raw(6)).field(header.raw(3)).field(header.raw(4));
        out.field(time).field("").field("ACK").field("SINK" + number);
        out.field(header.raw(11)).field(header.raw(12)).text("\r");
        out.text("MSA").field(code);
        if (answer == SinkAnswer.WRONG_ID) {
            out.field("NOBODY-SENT-THIS");
        } else {
            out.field(header.raw(10));
        }
        return out.text("\r").bytes.toByteArray();
    }

    private record Segments(byte separator, ByteArrayOutputStream bytes) {
        Segments(byte separator) {
            this(separator, new ByteArrayOutputStream(160));
        }

        Segments text(String text) {
            bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
            return this;
        }

        Segments field(String text) {
            return field(text.getBytes(StandardCharsets.US_ASCII));
        }

        Segments field(byte[] raw) {
            bytes.write(separator);
            bytes.writeBytes(raw);
            return this;
        }
    }
}
