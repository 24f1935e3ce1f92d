package org.khokahano.message;

/**
 * Where the bytes of MLLP's frames are in a message: those around it came in another frame, as from a file or by HTTP,
 * and those inside would end its own frame too early, so that whoever reads it takes the beginning for the whole.
 */
public final class FrameBytes {
    private static final int START = 0x0B;
    private static final int END = 0x1C;

    private FrameBytes() {}

    /** Behind what begins a frame. */
    public static int begin(byte[] payload) {
        int from = 0;
        while (from < payload.length && payload[from] == START) {
            from++;
        }
        return from;
    }

    /** Before what ends a frame, and the line ends around that. */
    public static int end(byte[] payload) {
        int to = payload.length;
        for (int at = to - 1; at >= 0 && isAfter(payload[at]); at--) {
            if (payload[at] == END) {
                to = at;
            }
        }
        return to;
    }

    /** The first place in [from, to) that ends a frame; -1 where none does. */
    public static int inside(byte[] payload, int from, int to) {
        int at = ByteSearch.indexOf(payload, from, to, END);
        return at < to ? at : -1;
    }

    private static boolean isAfter(byte candidate) {
        return candidate == END || candidate == '\r' || candidate == '\n';
    }
}
