package org.khokahano.cli.peer;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.khokahano.cli.terminal.CommandFailure;

/**
 * The messages of a file: framed as in MLLP, or one after the other, each beginning with a line MSH.
 *
 * @param messages as they are to be sent
 * @param notes what was skipped or changed, for people
 */
public record MessageFile(List<byte[]> messages, List<String> notes) {
    private static final List<String> BATCH_HEADERS = List.of("FHS", "BHS", "BTS", "FTS");

    /**
     * Reads a file's content.
     *
     * @param keepLineEnds send LF and CRLF as they are; otherwise a file that has no CR of its own gets
     *     one at the end of each segment, since HL7 ends segments with CR (2.5.4)
     * @throws CommandFailure if there is no message in it
     */
    public static MessageFile read(String name, byte[] content, boolean keepLineEnds) {
        refuseUtf16(name, content);
        List<String> notes = new ArrayList<>();
        List<byte[]> messages = isFramed(content) ? unframed(content) : split(content, notes);
        if (messages.isEmpty()) {
            throw new CommandFailure("there is no message in " + name + ": no line of it begins with MSH");
        }
        if (!keepLineEnds && messages.stream().allMatch(MessageFile::hasLinefeedsOnly)) {
            notes.add("line ends changed to CR, as HL7 wants them (--keep-line-ends sends them as they are)");
            messages = messages.stream().map(MessageFile::withCarriageReturns).toList();
        }
        return new MessageFile(List.copyOf(messages), List.copyOf(notes));
    }

    private static void refuseUtf16(String name, byte[] content) {
        if (content.length > 1 && ((content[0] & 0xff) ^ (content[1] & 0xff)) == 1 && (content[0] & 0xfe) == 0xfe) {
            throw new CommandFailure(name + " is UTF-16, which MLLP cannot carry; convert it: iconv -t UTF-8");
        }
    }

    private static boolean isFramed(byte[] content) {
        for (byte each : content) {
            if (each == MllpFrames.START) {
                return true;
            }
            if (each != '\r' && each != '\n' && each != ' ') {
                return false;
            }
        }
        return false;
    }

    private static List<byte[]> unframed(byte[] content) {
        List<byte[]> messages = new ArrayList<>();
        int start = -1;
        for (int at = 0; at < content.length; at++) {
            if (content[at] == MllpFrames.START) {
                start = at + 1;
            } else if (content[at] == MllpFrames.END && start >= 0) {
                messages.add(Arrays.copyOfRange(content, start, at));
                start = -1;
            }
        }
        return messages;
    }

    private static List<byte[]> split(byte[] content, List<String> notes) {
        List<byte[]> messages = new ArrayList<>();
        Map<String, Integer> skipped = new TreeMap<>();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int at = hasByteOrderMark(content) ? 3 : 0;
        while (at < content.length) {
            int end = lineEnd(content, at);
            String name = segmentName(content, at, end);
            if (name.equals("MSH")) {
                add(message, messages);
                message.write(content, at, end - at);
            } else if (BATCH_HEADERS.contains(name)) {
                skipped.merge(name, 1, Integer::sum);
            } else if (message.size() > 0) {
                message.write(content, at, end - at);
            } else if (!name.isBlank()) {
                skipped.merge("lines before the first MSH", 1, Integer::sum);
            }
            at = end;
        }
        add(message, messages);
        skipped.forEach((what, count) -> notes.add("skipped: " + what + " (" + count + ")"));
        return messages;
    }

    private static boolean hasByteOrderMark(byte[] content) {
        return content.length > 2
                && (content[0] & 0xff) == 0xef
                && (content[1] & 0xff) == 0xbb
                && (content[2] & 0xff) == 0xbf;
    }

    /** Behind the line's end: CR, LF or CRLF. */
    private static int lineEnd(byte[] content, int from) {
        int at = from;
        while (at < content.length && content[at] != '\r' && content[at] != '\n') {
            at++;
        }
        if (at + 1 < content.length && content[at] == '\r' && content[at + 1] == '\n') {
            at++;
        }
        return Math.min(at + 1, content.length);
    }

    private static String segmentName(byte[] content, int from, int to) {
        StringBuilder name = new StringBuilder(3);
        for (int at = from; at < Math.min(to, from + 3); at++) {
            name.append((char) (content[at] & 0xff));
        }
        return name.toString();
    }

    /** Empty lines between messages belong to the file, not to the message. */
    private static void add(ByteArrayOutputStream message, List<byte[]> messages) {
        byte[] bytes = message.toByteArray();
        message.reset();
        int end = bytes.length;
        while (end > 0 && (bytes[end - 1] == '\r' || bytes[end - 1] == '\n')) {
            end--;
        }
        if (end > 0) {
            messages.add(Arrays.copyOf(bytes, lineEnd(bytes, end)));
        }
    }

    /** Whether it has linefeeds, and no CR but before one of them. */
    private static boolean hasLinefeedsOnly(byte[] message) {
        boolean found = false;
        for (int at = 0; at < message.length; at++) {
            boolean alone = message[at] == '\r' && (at + 1 == message.length || message[at + 1] != '\n');
            if (alone) {
                return false;
            }
            found |= message[at] == '\n';
        }
        return found;
    }

    private static byte[] withCarriageReturns(byte[] message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(message.length);
        for (byte each : message) {
            if (each == '\n') {
                out.write('\r');
            } else if (each != '\r') {
                out.write(each);
            }
        }
        return out.toByteArray();
    }
}
