package org.khokahano.fault;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

/** Frames that something happened to on the way, the same again from the same seed. */
final class FrameMutation {
    private static final byte[] TELLING = {
        0x0B, 0x1C, 0x0D, 0x0A, 0x00, 0x1B, '|', '^', '~', '\\', '&', '"', (byte) 0xFF
    };
    private static final int MOST_CHANGES = 6;

    private final Random random;

    FrameMutation(long seed) {
        this.random = new Random(seed);
    }

    /** The message in its frame, changed in a few places; about one in ten is as it should be. */
    byte[] of(byte[] message) {
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        framed.write(0x0B);
        framed.writeBytes(message);
        framed.write(0x1C);
        framed.write(0x0D);
        byte[] bytes = framed.toByteArray();
        for (int changes = random.nextInt(MOST_CHANGES); changes > 0; changes--) {
            bytes = changed(bytes);
        }
        return bytes;
    }

    /** Where to cut what is sent, so that it comes in pieces. */
    int piece(int length) {
        return 1 + random.nextInt(Math.max(1, length));
    }

    private byte[] changed(byte[] bytes) {
        if (bytes.length < 2) {
            return bytes;
        }
        // Headers are changed as often as all that follows: they decide more.
        int reach = random.nextBoolean() ? Math.min(bytes.length, 100) : bytes.length;
        int at = random.nextInt(reach);
        int to = at + random.nextInt(Math.min(40, bytes.length - at));
        return switch (random.nextInt(8)) {
            case 0, 1 -> with(bytes, at, (byte) random.nextInt(256));
            case 2, 3 -> with(bytes, at, TELLING[random.nextInt(TELLING.length)]);
            case 4 ->
                joined(Arrays.copyOf(bytes, at), new byte[] {TELLING[random.nextInt(TELLING.length)]}, tail(bytes, at));
            case 5 -> joined(Arrays.copyOf(bytes, at), new byte[0], tail(bytes, to));
            case 6 -> joined(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, at, to), tail(bytes, to));
            default -> random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : bytes;
        };
    }

    private static byte[] with(byte[] bytes, int at, byte value) {
        byte[] other = bytes.clone();
        other[at] = value;
        return other;
    }

    private static byte[] tail(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }

    private static byte[] joined(byte[] one, byte[] two, byte[] three) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(one);
        out.writeBytes(two);
        out.writeBytes(three);
        return out.toByteArray();
    }
}
