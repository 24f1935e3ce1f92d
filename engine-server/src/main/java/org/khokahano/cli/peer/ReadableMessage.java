package org.khokahano.cli.peer;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;

/** A message for a terminal. Only what the user asked to see is shown by it, never a log. */
public final class ReadableMessage {
    private ReadableMessage() {}

    /** Its segments, a line each. What might be an order to the terminal is a question mark. */
    public static List<String> lines(byte[] message) {
        String text = new String(message, characterSet(message));
        return Arrays.stream(text.split("[\r\n]+"))
                .filter(line -> !line.isBlank())
                .map(line -> line.replaceAll("\\p{Cc}", "?"))
                .toList();
    }

    /** One value for a terminal. */
    public static String word(String value) {
        return value.isBlank() ? "-" : value.replaceAll("\\p{Cc}", "?");
    }

    private static Charset characterSet(byte[] message) {
        try {
            return Message.read(message).characterSet();
        } catch (UnreadableMessageException e) {
            return StandardCharsets.ISO_8859_1;
        }
    }
}
