package org.khokahano.mllp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The beginning of another frame within one in UTF-16 (R4). A character may have the byte 0x0B, so only one with the
 * name of a header behind it begins a frame, in UTF-16 or in single bytes.
 */
final class WideStart {

    private static final List<byte[]> WIDE = Stream.of("MSH", "FHS", "BHS")
            .flatMap(name -> {
                byte[] little = name.getBytes(StandardCharsets.UTF_16LE);
                byte[] big = name.getBytes(StandardCharsets.UTF_16BE);
                return Stream.of(
                        little,
                        // The character behind it begins with 0 as well, since it is a delimiter.
                        joined(big, (byte) 0),
                        joined(new byte[] {(byte) 0xFF, (byte) 0xFE}, little),
                        joined(new byte[] {(byte) 0xFE, (byte) 0xFF}, big));
            })
            .toList();

    /** With the separator that nearly all have: three letters alone would be too often a part of other characters. */
    private static final List<byte[]> NARROW = Stream.of("MSH|", "FHS|", "BHS|")
            .map(header -> header.getBytes(StandardCharsets.US_ASCII))
            .toList();

    private static final int LONGEST_HEADER = 8;

    private int looked = 1;
    private int last = -1;
    private boolean narrow;

    /**
     * Where the last 0x0B stands in the bytes so far behind which a message begins; -1 where none does.
     *
     * @param bytes of which only more follow from one call to the next
     */
    int within(byte[] bytes, int length) {
        for (; looked < length; looked++) {
            if (bytes[looked] == FrameDecoder.START) {
                beginsAt(bytes, looked, length);
            }
        }
        // The header of a message may be here in part.
        looked = Math.max(1, length - LONGEST_HEADER);
        return last;
    }

    /** Whether what begins there is in single bytes. */
    boolean isNarrow() {
        return narrow;
    }

    /** What follows belongs to another frame. */
    void reset() {
        looked = 1;
        last = -1;
        narrow = false;
    }

    private void beginsAt(byte[] bytes, int start, int length) {
        if (isOneOf(WIDE, bytes, start + 1, length)) {
            last = start;
            narrow = false;
        } else if (isOneOf(NARROW, bytes, start + 1, length)) {
            last = start;
            narrow = true;
        }
    }

    private static boolean isOneOf(List<byte[]> headers, byte[] bytes, int from, int length) {
        return headers.stream()
                .anyMatch(header -> from + header.length <= length
                        && Arrays.equals(bytes, from, from + header.length, header, 0, header.length));
    }

    private static byte[] joined(byte[] first, byte... second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
