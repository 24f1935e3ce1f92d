package org.khokahano.mllp;

import java.util.Arrays;
import java.util.List;

/**
 * The beginning of another frame within one in UTF-16 (R4). A character may have the byte 0x0B, so only one with
 * MSH behind it begins a frame.
 */
final class WideStart {

    private static final List<byte[]> HEADERS = List.of(
            new byte[] {0, 'M', 0, 'S', 0, 'H', 0},
            new byte[] {'M', 0, 'S', 0, 'H', 0},
            new byte[] {(byte) 0xFE, (byte) 0xFF, 0, 'M', 0, 'S', 0, 'H'},
            new byte[] {(byte) 0xFF, (byte) 0xFE, 'M', 0, 'S', 0, 'H', 0});

    private static final int LONGEST_HEADER = 8;

    private int looked = 1;
    private int last = -1;

    /**
     * Where the last 0x0B stands in the bytes so far behind which a message in UTF-16 begins; -1 where none does.
     *
     * @param bytes of which only more follow from one call to the next
     */
    int within(byte[] bytes, int length) {
        for (; looked < length; looked++) {
            if (bytes[looked] == FrameDecoder.START && beginsMessage(bytes, looked + 1, length)) {
                last = looked;
            }
        }
        // The header of a message may be here in part.
        looked = Math.max(1, length - LONGEST_HEADER);
        return last;
    }

    /** What follows belongs to another frame. */
    void reset() {
        looked = 1;
        last = -1;
    }

    private static boolean beginsMessage(byte[] bytes, int from, int length) {
        return HEADERS.stream()
                .anyMatch(header -> from + header.length <= length
                        && Arrays.equals(bytes, from, from + header.length, header, 0, header.length));
    }
}
