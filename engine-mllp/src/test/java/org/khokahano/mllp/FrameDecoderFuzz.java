package org.khokahano.mllp;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A stream, behind a byte that says how it comes: in pieces it tells what it tells in one. */
public final class FrameDecoderFuzz {
    /** How many a build tries: some ten seconds. */
    public static final int INPUTS = 100_000;

    private static final int LONGEST_FRAME = 100;
    private static final int STRICT = 0x80;
    private static final int UTF_16 = 0x40;
    private static final int PIECE = 0x3F;

    private FrameDecoderFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        boolean strict = (input[0] & STRICT) != 0;
        boolean utf16 = (input[0] & UTF_16) != 0;
        int piece = 1 + (input[0] & PIECE);
        byte[] stream = Arrays.copyOfRange(input, 1, input.length);
        int[] cuts = IntStream.iterate(piece, cut -> cut < stream.length, cut -> cut + piece)
                .toArray();
        List<String> whole = FrameDecoderTest.decode(stream, LONGEST_FRAME, strict, utf16);
        List<String> pieces = FrameDecoderTest.decode(stream, LONGEST_FRAME, strict, utf16, cuts);
        if (!whole.equals(pieces)) {
            throw new AssertionError("pieces of " + piece + " bytes tell something else");
        }
    }
}
