package org.khokahano.mllp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/**
 * Takes frames out of a stream of bytes: {@code 0x0B payload 0x1C 0x0D} (R1–R6). A state machine that
 * knows no socket and no time; whoever feeds it watches the clock with {@link #isInsideFrame()}.
 *
 * <p>A payload that arrives in one piece is copied once, into its own array.
 */
final class FrameDecoder {

    static final byte START = 0x0B;
    static final byte END = 0x1C;
    static final byte CARRIAGE_RETURN = 0x0D;

    private static final int FIRST_CAPACITY = 8 * 1024;
    private static final byte[] NOTHING = {};

    private enum State {
        OUTSIDE,
        /** After 0x0B where UTF-16 may follow: its first two bytes tell. */
        OPENING,
        INSIDE,
        /** Inside a payload in UTF-16, in whose characters 0x0B and 0x1C occur. */
        WIDE,
        /** After 0x1C at the beginning of a character, which is one unless 0x0D follows. */
        WIDE_END,
        /** After 0x1C, lenient: the frame was told, and a 0x0D still belongs to it. */
        AFTER_END,
        /** After 0x1C, strict: the frame is told once its 0x0D came (R3). */
        BEFORE_RETURN,
        /** After a violation: whatever comes is dropped until the connection is closed. */
        FAILED
    }

    /** What the decoder finds, in order. */
    interface Sink {
        void frame(byte[] payload);

        /** A frame that another start interrupted; never empty (R4). */
        void interrupted(byte[] partial);

        /** Bytes outside of any frame, in one or more pieces (R2). */
        void skipped(long offset, int length);

        /** More than the limit without an end; nothing more is read (R6). */
        void tooLong(byte[] head);

        /** A violation that the strict policy does not tolerate; nothing more is read (R2, R3). */
        void violation(String what);

        /** All unfinished frames together are too much and this one has to go; nothing more is read. */
        void noRoom(byte[] partial);
    }

    private final int maxLength;
    private final boolean strict;
    private final boolean utf16;
    private final FrameBudget.Share share;
    private final Sink sink;
    private State state = State.OUTSIDE;
    private byte[] partial = NOTHING;
    private int length;
    private final WideStart wideStart = new WideStart();
    private long consumed;
    private long starts;

    FrameDecoder(int maxLength, boolean strict, FrameBudget.Share share, Sink sink) {
        this(maxLength, strict, false, share, sink);
    }

    /** @param utf16 whether payloads may be UTF-16 (R51) */
    FrameDecoder(int maxLength, boolean strict, boolean utf16, FrameBudget.Share share, Sink sink) {
        this.maxLength = maxLength;
        this.strict = strict;
        this.utf16 = utf16;
        this.share = share;
        this.sink = sink;
    }

    /** Whether a frame has begun and not ended. */
    boolean isInsideFrame() {
        return switch (state) {
            case OPENING, INSIDE, WIDE, WIDE_END, BEFORE_RETURN -> true;
            case OUTSIDE, AFTER_END, FAILED -> false;
        };
    }

    /** Whether it is after a violation, and drops whatever comes. */
    boolean hasFailed() {
        return state == State.FAILED;
    }

    /** How many frames have begun: tells whether the frame inside is still the same. */
    long starts() {
        return starts;
    }

    /** Consumes all readable bytes. */
    void feed(ByteBuf in) {
        while (in.isReadable()) {
            int before = in.readerIndex();
            switch (state) {
                case OUTSIDE -> outside(in);
                case OPENING -> opening(in);
                case INSIDE -> inside(in);
                case WIDE -> wide(in);
                case WIDE_END -> wideEnd(in);
                case AFTER_END -> afterEnd(in);
                case BEFORE_RETURN -> beforeReturn(in);
                case FAILED -> in.skipBytes(in.readableBytes());
            }
            consumed += in.readerIndex() - before;
        }
    }

    /** Gives up the frame that has begun and returns what there is of it. */
    byte[] abandon() {
        byte[] rest = whole();
        state = State.FAILED;
        return rest;
    }

    /** What there is of the frame; the decoder keeps nothing of it. */
    private byte[] whole() {
        byte[] whole = partial.length == length ? partial : Arrays.copyOf(partial, length);
        if (partial.length > FrameBudget.FREE_BYTES) {
            share.release();
        }
        partial = NOTHING;
        length = 0;
        wideStart.reset();
        return whole;
    }

    private void outside(ByteBuf in) {
        int start = in.indexOf(in.readerIndex(), in.writerIndex(), START);
        int skipped = (start < 0 ? in.writerIndex() : start) - in.readerIndex();
        if (skipped > 0) {
            if (strict) {
                fail("bytes outside of a frame at offset " + consumed);
                return;
            }
            sink.skipped(consumed, skipped);
            in.skipBytes(skipped);
            if (state == State.FAILED) {
                // The sink gave up over it; whatever follows is not for anybody.
                return;
            }
        }
        if (start >= 0) {
            in.skipBytes(1);
            starts++;
            state = opening();
        }
    }

    private State opening() {
        return utf16 ? State.OPENING : State.INSIDE;
    }

    private void opening(ByteBuf in) {
        int next = in.getByte(in.readerIndex()) & 0xFF;
        if (length == 0 && (next == 'M' || next == 'F' || next == 'B')) {
            append(in, 1);
            return;
        }
        // No character set of single bytes has these before MSH, FHS or BHS.
        boolean wide = length == 0 ? next == 0 || next >= 0xFE : next == 0;
        state = wide ? State.WIDE : State.INSIDE;
    }

    private void wide(ByteBuf in) {
        int end = in.indexOf(in.readerIndex(), in.writerIndex(), END);
        append(in, (end < 0 ? in.writerIndex() : end) - in.readerIndex());
        if (end >= 0 && state == State.WIDE) {
            in.skipBytes(1);
            state = State.WIDE_END;
        }
    }

    /** The end is 0x1C 0x0D where a character would begin: the one character that cannot be said. */
    private void wideEnd(ByteBuf in) {
        boolean returns = in.getByte(in.readerIndex()) == CARRIAGE_RETURN;
        if (!returns || !wideStart.mayEnd(partial, length)) {
            state = State.WIDE;
            append(Unpooled.wrappedBuffer(new byte[] {END}), 1);
            return;
        }
        in.skipBytes(1);
        state = State.OUTSIDE;
        int restart = wideStart.restart();
        byte[] payload = whole();
        if (restart >= 0) {
            starts++;
            sink.interrupted(Arrays.copyOf(payload, restart));
            payload = Arrays.copyOfRange(payload, restart + 1, payload.length);
        }
        if (state == State.OUTSIDE) {
            sink.frame(payload);
        }
    }

    private void inside(ByteBuf in) {
        int end = in.indexOf(in.readerIndex(), in.writerIndex(), END);
        int limit = end < 0 ? in.writerIndex() : end;
        int restart = in.indexOf(in.readerIndex(), limit, START);
        if (restart >= 0) {
            append(in, restart - in.readerIndex());
            if (state == State.INSIDE) {
                in.skipBytes(1);
                interrupted();
            }
        } else if (end < 0) {
            append(in, in.readableBytes());
        } else {
            ended(in, end - in.readerIndex());
        }
    }

    private void ended(ByteBuf in, int count) {
        if (count > maxLength - length) {
            append(in, count);
            return;
        }
        byte[] payload = take(in, count);
        if (state == State.FAILED) {
            return;
        }
        in.skipBytes(1);
        if (strict) {
            if (!share.resize(payload.length)) {
                noRoom(payload);
                return;
            }
            partial = payload;
            length = payload.length;
            state = State.BEFORE_RETURN;
        } else {
            state = State.AFTER_END;
            sink.frame(payload);
        }
    }

    private byte[] take(ByteBuf in, int count) {
        if (length == 0) {
            byte[] whole = new byte[count];
            in.readBytes(whole);
            return whole;
        }
        append(in, count);
        return state == State.FAILED ? NOTHING : whole();
    }

    private void afterEnd(ByteBuf in) {
        state = State.OUTSIDE;
        if (in.getByte(in.readerIndex()) == CARRIAGE_RETURN) {
            in.skipBytes(1);
        }
    }

    private void beforeReturn(ByteBuf in) {
        if (in.getByte(in.readerIndex()) != CARRIAGE_RETURN) {
            fail("0x1C without 0x0D");
            return;
        }
        in.skipBytes(1);
        byte[] payload = whole();
        state = State.OUTSIDE;
        sink.frame(payload);
    }

    private void interrupted() {
        starts++;
        // Before the sink is told, since it may give up over it.
        state = opening();
        if (length > 0) {
            sink.interrupted(whole());
        }
    }

    private void append(ByteBuf in, int count) {
        if (count > maxLength - length) {
            copy(in, maxLength - length);
            if (state != State.FAILED) {
                state = State.FAILED;
                sink.tooLong(whole());
            }
            return;
        }
        copy(in, count);
    }

    private void copy(ByteBuf in, int count) {
        if (length + count > partial.length) {
            long doubled = Math.max(FIRST_CAPACITY, 2L * partial.length);
            int capacity = (int) Math.max(Math.min(doubled, maxLength), length + count);
            if (!share.resize(capacity)) {
                noRoom(whole());
                return;
            }
            partial = Arrays.copyOf(partial, capacity);
        }
        in.readBytes(partial, length, count);
        length += count;
    }

    private void noRoom(byte[] rest) {
        state = State.FAILED;
        share.release();
        sink.noRoom(rest);
    }

    private void fail(String what) {
        state = State.FAILED;
        sink.violation(what);
    }
}
