package org.khokahano.mllp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Puts a payload into its frame, in one buffer, so that it leaves in one write (R11). */
final class FrameEncoder {

    private FrameEncoder() {}

    static ByteBuf encode(ByteBufAllocator allocator, byte[] payload) {
        ByteBuf out = allocator.ioBuffer(payload.length + 3);
        out.writeByte(FrameDecoder.START);
        out.writeBytes(payload);
        out.writeByte(FrameDecoder.END);
        out.writeByte(FrameDecoder.CARRIAGE_RETURN);
        return out;
    }
}
