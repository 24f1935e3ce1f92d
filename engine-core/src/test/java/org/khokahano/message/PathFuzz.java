package org.khokahano.message;

import java.nio.charset.StandardCharsets;

/** A path, and behind the first line feed a value: what is written there is read there. */
public final class PathFuzz {
    /** How many a build tries: some ten seconds. */
    public static final int INPUTS = 100_000;

    private static final String MESSAGE =
            "MSH|^~\\&|EHR|QMMH|H|N|20261103||ADT^A01^ADT_A01|Q-1|P|2.5.1||||||UNICODE UTF-8\r"
                    + "PID|1||12^^^LS~34&5&6^7|\\F\\|\"\"\rOBX|1|ST|a^b||c~d~e\rOBX|2\rZPD\r";

    private PathFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        String value = end < 0 ? "" : text.substring(end + 1);
        MessagePath path;
        try {
            path = MessagePath.parse(end < 0 ? text : text.substring(0, end));
        } catch (InvalidPathException refused) {
            return;
        }
        if (!MessagePath.parse(path.toString()).equals(path)) {
            throw new AssertionError("a path is not what it says");
        }
        Message message = message();
        message.get(path);
        message.raw(path);
        message.presence(path);
        Message edited;
        try {
            edited = message.edit().set(path, value).apply();
        } catch (IllegalArgumentException refused) {
            // Nothing can be written to all places at once, or where a whole segment is meant.
            return;
        }
        // A path to each of what is not there is written nowhere, and MSH-18 says how text is to be read.
        boolean one = !path.toString().contains("*") && !path.toString().matches("MSH(\\[1])?-18\\b.*");
        if (one && !edited.get(path).equals(value)) {
            throw new AssertionError("what was written is not what is read");
        }
    }

    private static Message message() {
        try {
            return Message.read(MESSAGE.getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableMessageException e) {
            throw new IllegalStateException(e);
        }
    }
}
