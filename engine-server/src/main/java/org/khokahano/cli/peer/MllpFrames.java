package org.khokahano.cli.peer;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** MLLP frames of a blocking stream: {@code 0x0B payload 0x1C 0x0D}. What is outside of them is skipped. */
final class MllpFrames {
    static final byte START = 0x0B;
    static final byte END = 0x1C;
    static final byte CARRIAGE_RETURN = 0x0D;

    private final InputStream in;
    private final int maxBytes;

    /** @param in buffered, since it is read byte by byte */
    MllpFrames(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /**
     * The next payload, or null where the other side has closed the connection.
     *
     * @throws IOException also where a payload is cut off or longer than the limit
     */
    byte @Nullable [] next() throws IOException {
        int each = in.read();
        while (each >= 0 && each != START) {
            each = in.read();
        }
        if (each < 0) {
            return null;
        }
        ByteArrayOutputStream payload = new ByteArrayOutputStream(1024);
        for (each = in.read(); each != END; each = in.read()) {
            if (each < 0) {
                throw new EOFException("the connection was closed within a message");
            }
            if (payload.size() >= maxBytes) {
                throw new IOException("a message is longer than " + maxBytes + " bytes");
            }
            payload.write(each);
        }
        // The 0x0D behind it is skipped as what is outside of frames, before the next one.
        return payload.toByteArray();
    }

    /** The payload in its frame, to be written at once. */
    static byte[] framed(byte[] payload) {
        byte[] frame = new byte[payload.length + 3];
        frame[0] = START;
        System.arraycopy(payload, 0, frame, 1, payload.length);
        frame[payload.length + 1] = END;
        frame[payload.length + 2] = CARRIAGE_RETURN;
        return frame;
    }
}
