package org.khokahano.sequence;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.khokahano.message.Header;
import org.khokahano.message.Message;
import org.khokahano.message.MessageEdit;
import org.khokahano.message.MessagePath;
import org.khokahano.message.UnreadableMessageException;

/** Writes sequence numbers into messages, and reads the partner's out of its answers. */
final class NumberedMessages {

    private static final MessagePath NUMBER = MessagePath.parse("MSH-13");
    private static final MessagePath TIME = MessagePath.parse("MSH-7");
    private static final MessagePath CONTROL_ID = MessagePath.parse("MSH-10");
    private static final MessagePath CONTINUATION = MessagePath.parse("MSH-14");
    private static final MessagePath ACCEPT_ACK = MessagePath.parse("MSH-15");
    private static final MessagePath APPLICATION_ACK = MessagePath.parse("MSH-16");
    private static final MessagePath EXPECTED = MessagePath.parse("MSA-4");
    private static final Pattern EXPECTED_NUMBER = Pattern.compile("-?\\d{1,15}");
    private static final DateTimeFormatter MSH_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmssxx").withZone(ZoneOffset.UTC);

    private NumberedMessages() {}

    /** The same message with the number; the same bytes each time (R30). */
    static byte[] numbered(byte[] payload, long number) throws UnreadableMessageException {
        return bytes(Message.read(payload).edit().set(NUMBER, Long.toString(number)));
    }

    /**
     * An MSH alone that starts the link of a message (R37). Whoever gets it is to answer it, whatever the
     * message itself asks for.
     *
     * @param number 0 or -1
     */
    static byte[] start(byte[] payload, long number, String controlId, long wallMillis)
            throws UnreadableMessageException {
        Message message = Message.read(header(payload));
        Header header = message.header();
        MessageEdit edit = message.edit()
                .set(TIME, MSH_TIME.format(Instant.ofEpochMilli(wallMillis)))
                .set(CONTROL_ID, controlId)
                .set(NUMBER, Long.toString(number));
        if (header.has(14)) {
            edit.remove(CONTINUATION);
        }
        if (!header.acceptAckType().isEmpty()) {
            edit.set(ACCEPT_ACK, "AL");
        }
        if (!header.applicationAckType().isEmpty()) {
            edit.set(APPLICATION_ACK, "NE");
        }
        return bytes(edit);
    }

    /** The first segment with its end. */
    private static byte[] header(byte[] payload) {
        int end = 0;
        while (end < payload.length && payload[end] != '\r' && payload[end] != '\n') {
            end++;
        }
        byte[] header = Arrays.copyOf(payload, end + 1);
        header[end] = '\r';
        return header;
    }

    private static byte[] bytes(MessageEdit edit) {
        Message message = edit.apply();
        return message.bytes().length == message.length()
                ? message.bytes()
                : Arrays.copyOf(message.bytes(), message.length());
    }

    /** MSA-4 of an answer; empty where it has none, and where that is no number. */
    static OptionalLong expected(byte @Nullable [] answer) {
        if (answer == null) {
            return OptionalLong.empty();
        }
        try {
            String text = Message.read(answer).get(EXPECTED).strip();
            return EXPECTED_NUMBER.matcher(text).matches()
                    ? OptionalLong.of(Long.parseLong(text))
                    : OptionalLong.empty();
        } catch (UnreadableMessageException e) {
            return OptionalLong.empty();
        }
    }
}
