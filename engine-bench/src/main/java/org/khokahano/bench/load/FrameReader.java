package org.khokahano.bench.load;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Collects the MLLP frames of one connection; one buffer is reused, so a frame lasts one call. */
final class FrameReader {
    static final byte START = 0x0B;
    static final byte END = 0x1C;
    static final byte CARRIAGE_RETURN = 0x0D;
    private static final int FRAME_LIMIT_BYTES = 1 << 20;

    /** Receives a frame's content; the array is valid only during the call. */
    interface FrameListener {
        void onFrame(byte[] bytes, int length);
    }

    private enum Position {
        BETWEEN,
        INSIDE,
        AFTER_END
    }

    private byte[] buffer = new byte[4096];
    private int length;
    private Position position = Position.BETWEEN;

    /**
     * Consumes all readable bytes and passes every frame that they complete.
     *
     * @throws IllegalStateException if the peer breaks the framing or a frame is over 1 MiB
     */
    void read(ByteBuf in, FrameListener listener) {
        while (in.isReadable()) {
            switch (position) {
                case BETWEEN -> expect(in, START, Position.INSIDE);
                case INSIDE -> collect(in);
                case AFTER_END -> {
                    expect(in, CARRIAGE_RETURN, Position.BETWEEN);
                    int frameLength = length;
                    length = 0;
                    listener.onFrame(buffer, frameLength);
                }
            }
        }
    }

    private void expect(ByteBuf in, byte wanted, Position next) {
        byte found = in.readByte();
        if (found != wanted) {
            throw new IllegalStateException("MLLP framing: expected byte " + wanted + " but got " + found);
        }
        position = next;
    }

    private void collect(ByteBuf in) {
        int end = in.indexOf(in.readerIndex(), in.writerIndex(), END);
        int count = (end < 0 ? in.writerIndex() : end) - in.readerIndex();
        if (length + count > buffer.length) {
            if (length + count > FRAME_LIMIT_BYTES) {
                throw new IllegalStateException("MLLP frame is over " + FRAME_LIMIT_BYTES + " bytes");
            }
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + count));
        }
        in.readBytes(buffer, length, count);
        length += count;
        if (end >= 0) {
            in.skipBytes(1);
            position = Position.AFTER_END;
        }
    }
}
