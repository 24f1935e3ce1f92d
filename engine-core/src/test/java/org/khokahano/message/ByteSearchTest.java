package org.khokahano.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ByteSearchTest {
    @Test
    @DisplayName("Eight bytes at a time finds what a plain loop finds, at every place and length")
    void shouldFindWhatAPlainLoopFinds() {
        Random random = new Random(7);
        byte[] alphabet = {'|', '}', '{', '\r', '\n', 0, (byte) 0x80, (byte) 0xFC, '~', 'A'};
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = alphabet[random.nextInt(alphabet.length)];
            }
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);
            int wanted = alphabet[random.nextInt(alphabet.length)] & 0xFF;
            compare(bytes, from, to, wanted, 1 + random.nextInt(3));
        }
    }

    private static void compare(byte[] bytes, int from, int to, int wanted, int nth) {
        int first = to;
        int found = to;
        int lineEnd = to;
        int count = 0;
        boolean ascii = true;
        for (int i = to - 1; i >= from; i--) {
            if ((bytes[i] & 0xFF) == wanted) {
                first = i;
                count++;
            }
            lineEnd = bytes[i] == '\r' || bytes[i] == '\n' ? i : lineEnd;
            ascii &= bytes[i] >= 0;
        }
        int seen = 0;
        for (int i = from; i < to && found == to; i++) {
            if ((bytes[i] & 0xFF) == wanted && ++seen == nth) {
                found = i;
            }
        }
        assertThat(ByteSearch.indexOf(bytes, from, to, wanted)).isEqualTo(first);
        assertThat(ByteSearch.indexOfNth(bytes, from, to, wanted, nth)).isEqualTo(found);
        assertThat(ByteSearch.count(bytes, from, to, wanted)).isEqualTo(count);
        assertThat(ByteSearch.indexOfLineEnd(bytes, from, to)).isEqualTo(lineEnd);
        assertThat(ByteSearch.isAscii(bytes, from, to)).isEqualTo(ascii);
    }
}
