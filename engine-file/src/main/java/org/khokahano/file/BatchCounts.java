package org.khokahano.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the trailers of a file say is in it, against what is: BTS-1 counts the messages of a batch, FTS-1 the
 * batches of a file (2.10.3). Both are optional. Used by one thread.
 */
final class BatchCounts {

    private static final int MOST_TOLD = 20;
    private static final int MOST_DIGITS = 18;

    private final List<String> broken = new ArrayList<>();
    private long messages;
    private long batches;
    private boolean open;

    void message() {
        if (!open) {
            // BHS is optional: the batch begins with its first message.
            open = true;
            batches++;
        }
        messages++;
    }

    /** @param line a whole line that begins with FHS, BHS, BTS or FTS */
    void line(String name, byte[] line) {
        switch (name) {
            case "BHS" -> {
                open = true;
                batches++;
                messages = 0;
            }
            case "BTS" -> {
                if (!open) {
                    // Its BHS is missing: it began with the first message.
                    batches++;
                }
                compare("BTS-1", line, messages, "messages in its batch");
                open = false;
                messages = 0;
            }
            case "FTS" -> compare("FTS-1", line, batches, "batches in the file");
            default -> messages = 0;
        }
    }

    private void compare(String field, byte[] line, long found, String what) {
        long told = first(line);
        if (told >= 0 && told != found && broken.size() < MOST_TOLD) {
            broken.add(field + " says " + told + ", and there are " + found + " " + what);
        }
    }

    /** The first field as a number; -1 where it is none. */
    private static long first(byte[] line) {
        String text = new String(line, StandardCharsets.ISO_8859_1).strip();
        if (text.length() < 5) {
            return -1;
        }
        int end = text.indexOf(text.charAt(3), 4);
        String digits = text.substring(4, end < 0 ? text.length() : end).strip();
        return digits.matches("[0-9]{1," + MOST_DIGITS + "}") ? Long.parseLong(digits) : -1;
    }

    /** The counts that are wrong, as sentences with both numbers; the first of them only. */
    List<String> broken() {
        return List.copyOf(broken);
    }
}
