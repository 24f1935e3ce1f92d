package org.khokahano.message;

/**
 * What may stand around a message, and where the bytes of MLLP's frames are in it. Those around it, with white space
 * between, are no part of it: it came in another frame, as from a file or by HTTP. Those inside would end its own frame
 * too early, or begin another one in it, so that whoever reads it takes a part for the whole (R1, R4).
 */
public final class FrameBytes {
    private static final int START = 0x0B;
    private static final int END = 0x1C;

    private FrameBytes() {}

    /** Whether the byte begins or ends a frame. */
    public static boolean isOne(byte candidate) {
        return candidate == START || candidate == END;
    }

    /** How long the byte order mark of UTF-8 is that the bytes begin with; 0 without one. */
    public static int byteOrderMark(byte[] bytes) {
        boolean marked =
                bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
        return marked ? 3 : 0;
    }

    /** Where a message begins: behind a byte order mark, and behind frames and white space (R12). */
    public static int startOfMessage(byte[] bytes) {
        int start = byteOrderMark(bytes);
        while (start < bytes.length && isAround(bytes[start])) {
            start++;
        }
        return start;
    }

    /** Whether the byte may stand around a message without being a part of it. */
    public static boolean isAround(byte candidate) {
        return isOne(candidate) || isSpace(candidate);
    }

    /** Behind the last of what begins or ends a frame before the message does; what else is there stays with it. */
    public static int begin(byte[] payload) {
        int from = startOfMessage(payload);
        while (from > 0 && !isOne(payload[from - 1])) {
            from--;
        }
        return from;
    }

    /** Before the first of what begins or ends a frame where nothing else of the message follows. */
    public static int end(byte[] payload) {
        int to = payload.length;
        for (int at = to - 1; at >= 0 && isAround(payload[at]); at--) {
            if (isOne(payload[at])) {
                to = at;
            }
        }
        return to;
    }

    /** The first place in [from, to) that begins or ends a frame; -1 where none does. */
    public static int inside(byte[] payload, int from, int to) {
        int end = ByteSearch.indexOf(payload, from, to, END);
        int start = ByteSearch.indexOf(payload, from, Math.max(from, end), START);
        int first = Math.min(start, end);
        return first < to ? first : -1;
    }

    /** What is odd about the byte, for people. */
    public static String meaning(byte frameByte) {
        return frameByte == START
                ? "0x0B, which begins another frame of MLLP, so that a partner would not get what is before it"
                : "0x1C, which ends a frame of MLLP, so that a partner would get no more than what is before it";
    }

    private static boolean isSpace(byte candidate) {
        return candidate == '\r' || candidate == '\n' || candidate == ' ' || candidate == '\t';
    }
}
