package org.khokahano.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a file, one after the other, however long the file is: each begins with a line
 * MSH. The lines FHS, BHS, BTS and FTS of HL7's batch protocol (2.10.3) and the frames of MLLP
 * are left out. Holds at most two messages of the longest length.
 */
final class MessageSplitter {

    private static final Set<String> BATCH = Set.of("FHS", "BHS", "BTS", "FTS");
    private static final int END = -1;
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final byte FRAME_START = 0x0B;
    private static final byte FRAME_END = 0x1C;

    private final InputStream in;
    private final int maxBytes;
    private final boolean keepLineEnds;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private final ByteArrayOutputStream message = new ByteArrayOutputStream(4_096);
    private final BatchCounts counts = new BatchCounts();
    private int at;
    private int filled;
    private boolean lineTooLong;
    private boolean inMessage;
    private boolean messageTooLong;
    private boolean bareReturns;
    private boolean firstLine = true;
    private long strayLines;

    /** @param maxBytes the longest message; of a longer one only so much is kept */
    MessageSplitter(InputStream in, int maxBytes, boolean keepLineEnds) {
        this.in = in;
        this.maxBytes = maxBytes;
        this.keepLineEnds = keepLineEnds;
    }

    /** How many lines so far belong to no message, batch lines and empty ones not counted. */
    long strayLines() {
        return strayLines;
    }

    /** What the lines BTS and FTS so far counted wrongly (2.10.3). */
    List<String> brokenCounts() {
        return counts.broken();
    }

    /** The next message, or null at the end. */
    @Nullable
    FileMessage next() throws IOException {
        while (readLine()) {
            byte[] bytes = withoutFrame(line.toByteArray());
            String name = name(bytes);
            boolean begins = name.equals("MSH");
            FileMessage ended = begins || BATCH.contains(name) ? end() : null;
            if (BATCH.contains(name)) {
                counts.line(name, bytes);
            }
            if (begins) {
                inMessage = true;
            } else if (!inMessage && !BATCH.contains(name) && !name.isBlank()) {
                strayLines++;
            }
            if (inMessage) {
                add(bytes);
            }
            if (ended != null) {
                return ended;
            }
        }
        return end();
    }

    private void add(byte[] bytes) {
        int fitting = Math.min(bytes.length, maxBytes - message.size());
        message.write(bytes, 0, fitting);
        messageTooLong |= fitting < bytes.length || lineTooLong;
        boolean ends = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        bareReturns |= ends;
    }

    private @Nullable FileMessage end() {
        if (!inMessage) {
            return null;
        }
        byte[] bytes = LineEnds.withoutEmptyLines(message.toByteArray());
        if (!keepLineEnds && !bareReturns) {
            bytes = LineEnds.toCarriageReturns(bytes);
        }
        FileMessage ended = new FileMessage(bytes, messageTooLong);
        counts.message();
        message.reset();
        inMessage = false;
        messageTooLong = false;
        bareReturns = false;
        return ended;
    }

    /** Reads a line with its end, CR, LF or CRLF; false at the end of the file. */
    private boolean readLine() throws IOException {
        line.reset();
        lineTooLong = false;
        boolean any = false;
        for (int next = read(); next != END; next = read()) {
            any = true;
            keep(next);
            if (next == '\n') {
                break;
            }
            if (next == '\r') {
                if (peek() == '\n') {
                    keep(read());
                }
                break;
            }
        }
        return any;
    }

    /** One byte more than fits is kept, so that the line is seen to be too long. */
    private void keep(int next) {
        if (line.size() <= maxBytes) {
            line.write(next);
        } else {
            lineTooLong = true;
        }
    }

    private int read() throws IOException {
        int next = peek();
        at++;
        return next;
    }

    private int peek() throws IOException {
        if (at >= filled) {
            filled = in.read(chunk);
            at = 0;
            if (filled <= 0) {
                filled = 0;
                return END;
            }
        }
        return chunk[at] & 0xff;
    }

    /** A frame's marks, and the byte order mark of UTF-8 at the file's beginning, are no content. */
    private byte[] withoutFrame(byte[] bytes) {
        int from = 0;
        if (firstLine
                && bytes.length > 2
                && bytes[0] == (byte) 0xEF
                && bytes[1] == (byte) 0xBB
                && bytes[2] == (byte) 0xBF) {
            from = 3;
        }
        firstLine = false;
        while (from < bytes.length && (bytes[from] == FRAME_START || bytes[from] == FRAME_END)) {
            from++;
        }
        return from == 0 ? bytes : Arrays.copyOfRange(bytes, from, bytes.length);
    }

    private static String name(byte[] bytes) {
        StringBuilder name = new StringBuilder(3);
        for (int position = 0; position < Math.min(3, bytes.length); position++) {
            name.append((char) (bytes[position] & 0xff));
        }
        return name.toString();
    }
}
