package org.khokahano.message;

/**
 * Where the bytes of MLLP's frames are in a message: those around it, with white space between, are no part of it and
 * came in another frame, as from a file or by HTTP, and those inside would end its own frame too early, or begin another one in it, so that whoever reads it takes a part
 * for the whole (R1, R4).
 */
public final class FrameBytes {
    private static final int START = 0x0B;
    private static final int END = 0x1C;

    private FrameBytes() {}

    /** Whether the byte begins or ends a frame. */
    public static boolean isOne(byte candidate) {
        return candidate == START || candidate == END;
    }

    /** Behind the last of what begins or ends a frame before anything else of the message does. */
    public static int begin(byte[] payload) {
        int from = 0;
        for (int at = 0; at < payload.length && (isOne(payload[at]) || isSpace(payload[at])); at++) {
            if (isOne(payload[at])) {
                from = at + 1;
            }
        }
        return from;
    }

    /** Before the first of what begins or ends a frame where nothing else of the message follows. */
    public static int end(byte[] payload) {
        int to = payload.length;
        for (int at = to - 1; at >= 0 && (isOne(payload[at]) || isSpace(payload[at])); at--) {
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
