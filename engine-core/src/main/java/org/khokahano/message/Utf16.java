package org.khokahano.message;

import java.nio.charset.StandardCharsets;

/** UTF-16, which is read only where it was asked for: MLLP's framing assumes single bytes (R51). */
final class Utf16 {
    private static final TextEncoding BIG_ENDIAN =
            new TextEncoding(StandardCharsets.UTF_16BE, ByteShape.UTF_16_BIG_ENDIAN);
    private static final TextEncoding LITTLE_ENDIAN =
            new TextEncoding(StandardCharsets.UTF_16LE, ByteShape.UTF_16_LITTLE_ENDIAN);

    private Utf16() {}

    /** The byte order, by the mark or else by where the zero of the first character is. */
    static ByteShape shape(byte[] bytes) {
        boolean marked = bytes.length > 1 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE;
        boolean little = marked || (bytes.length > 1 && bytes[0] != 0 && bytes[1] == 0);
        return little ? ByteShape.UTF_16_LITTLE_ENDIAN : ByteShape.UTF_16_BIG_ENDIAN;
    }

    /** An ASCII character in that byte order. */
    static byte[] unit(ByteShape shape, int character) {
        byte low = (byte) character;
        return shape == ByteShape.UTF_16_LITTLE_ENDIAN ? new byte[] {low, 0} : new byte[] {0, low};
    }

    static TextEncoding encoding(ByteShape shape) {
        return shape == ByteShape.UTF_16_LITTLE_ENDIAN ? LITTLE_ENDIAN : BIG_ENDIAN;
    }
}
