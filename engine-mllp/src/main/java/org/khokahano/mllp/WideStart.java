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

    private WideStart() {}

    /** Where the last 0x0B stands in the first bytes behind which a message in UTF-16 begins; -1 where none does. */
    static int within(byte[] bytes, int length) {
        for (int at = length - 1; at > 0; at--) {
            if (bytes[at] == FrameDecoder.START && beginsMessage(bytes, at + 1, length)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean beginsMessage(byte[] bytes, int from, int length) {
        return HEADERS.stream()
                .anyMatch(header -> from + header.length <= length
                        && Arrays.equals(bytes, from, from + header.length, header, 0, header.length));
    }
}
