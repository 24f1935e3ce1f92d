package org.khokahano.mllp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.khokahano.message.FrameBytes;

/** Puts a payload into its frame, in one buffer, so that it leaves in one write (R11). */
final class FrameEncoder {

    private FrameEncoder() {}

    /** A frame that came in another one, as from a file or by HTTP, is taken off: it would end this one too early. */
    static ByteBuf encode(ByteBufAllocator allocator, byte[] payload) {
        int from = FrameBytes.begin(payload);
        int to = Math.max(from, FrameBytes.end(payload));
        ByteBuf out = allocator.ioBuffer(to - from + 3);
        out.writeByte(FrameDecoder.START);
        out.writeBytes(payload, from, to - from);
        out.writeByte(FrameDecoder.END);
        out.writeByte(FrameDecoder.CARRIAGE_RETURN);
        return out;
    }

    /** Where in the payload its frame would end, or another one begin, too early; -1 where nothing in it does so. */
    static int frameByteInside(byte[] payload) {
        int from = FrameBytes.begin(payload);
        return FrameBytes.inside(payload, from, Math.max(from, FrameBytes.end(payload)));
    }
}
