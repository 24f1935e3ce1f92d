package org.khokahano.mllp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class FrameDecoderTest {

    private static final String FRAMES =
            "\u000bA\u001c\r\u000bBB\u001c\rxx\u000bCCC\u001c\u000bDD\u000b\u000bEEE\u001c\r"
                    + "\u000b\u001c\r\u001c\r\u000b12345678\u001c\r";

    /** Notes what it is told, with neighbouring skipped bytes joined, as one read would tell them. */
    private static class Notes implements FrameDecoder.Sink {
        private final List<String> told = new ArrayList<>();
        private long skipEnds = -1;

        @Override
        public void frame(byte[] payload) {
            told.add("frame " + new String(payload, ISO_8859_1));
        }

        @Override
        public void interrupted(byte[] partial) {
            told.add("interrupted " + new String(partial, ISO_8859_1));
        }

        @Override
        public void skipped(long offset, int length) {
            if (offset == skipEnds && told.get(told.size() - 1).startsWith("skipped")) {
                String[] last = told.remove(told.size() - 1).split(" ");
                told.add("skipped " + last[1] + ' ' + (Long.parseLong(last[2]) + length));
            } else {
                told.add("skipped " + offset + ' ' + length);
            }
            skipEnds = offset + length;
        }

        @Override
        public void tooLong(byte[] head) {
            told.add("tooLong " + new String(head, ISO_8859_1));
        }

        @Override
        public void violation(String what) {
            told.add("violation");
        }

        @Override
        public void noRoom(byte[] partial) {
            throw new IllegalStateException("no budget here");
        }
    }

    static List<String> decode(byte[] stream, int maxLength, boolean strict, int... cuts) {
        return decode(stream, maxLength, strict, false, cuts);
    }

    static List<String> decode(byte[] stream, int maxLength, boolean strict, boolean utf16, int... cuts) {
        Notes notes = new Notes();
        FrameDecoder decoder = new FrameDecoder(
                maxLength, strict, utf16, FrameBudget.unlimited().newShare(() -> {}), notes);
        int from = 0;
        for (int i = 0; i <= cuts.length; i++) {
            int to = i < cuts.length ? cuts[i] : stream.length;
            ByteBuf piece = Unpooled.copiedBuffer(stream, from, to - from);
            decoder.feed(piece);
            assertThat(piece.isReadable()).isFalse();
            piece.release();
            from = to;
        }
        if (decoder.isInsideFrame()) {
            notes.told.add("rest " + new String(decoder.abandon(), ISO_8859_1));
        }
        return notes.told;
    }

    @Test
    @DisplayName("R1 R2 R3 R4 frames, noise, a missing 0x0D and an interrupted frame are told apart")
    void shouldTellFramesFromWhatIsAroundThem() {
        assertThat(decode(FRAMES.getBytes(ISO_8859_1), 100, false))
                .containsExactly(
                        "frame A",
                        "frame BB",
                        "skipped 9 2",
                        "frame CCC",
                        "interrupted DD",
                        "frame EEE",
                        "frame ",
                        "skipped 29 2",
                        "frame 12345678");
    }

    @Test
    @DisplayName("R2 once its owner has given up over noise, no frame comes out of what follows, in the same read too")
    void shouldStayGivenUpWhenAFrameFollowsTheNoise() {
        FrameDecoder[] decoder = new FrameDecoder[1];
        Notes notes = new Notes() {
            @Override
            public void skipped(long offset, int length) {
                super.skipped(offset, length);
                decoder[0].abandon();
            }
        };
        decoder[0] = new FrameDecoder(100, false, FrameBudget.unlimited().newShare(() -> {}), notes);
        ByteBuf bytes = Unpooled.copiedBuffer("noise\u000BMSH|1\u001C\r\u000BMSH|2\u001C\r", ISO_8859_1);

        decoder[0].feed(bytes);

        assertThat(notes.told).containsExactly("skipped 0 5");
        assertThat(bytes.isReadable()).isFalse();
        bytes.release();
    }

    @Test
    @DisplayName("R1 a stream split at every one or two positions gives the same, between 0x1C and 0x0D too")
    void shouldGiveTheSameWhereverTheStreamIsSplit() {
        byte[] stream = FRAMES.getBytes(ISO_8859_1);
        for (boolean strict : new boolean[] {false, true}) {
            for (int limit : new int[] {100, 5}) {
                List<String> whole = decode(stream, limit, strict);
                for (int first = 0; first <= stream.length; first++) {
                    for (int second = first; second <= stream.length; second++) {
                        assertThat(decode(stream, limit, strict, first, second))
                                .as("split at %d and %d, limit %d, strict %s", first, second, limit, strict)
                                .isEqualTo(whole);
                    }
                }
            }
        }
    }

    private static byte[] wide(String charset, boolean marked, String... pieces) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String piece : pieces) {
            if (piece.length() == 1 && piece.charAt(0) < ' ') {
                out.write(piece.charAt(0));
            } else {
                out.writeBytes(((marked ? "\uFEFF" : "") + piece).getBytes(Charset.forName(charset)));
            }
        }
        return out.toByteArray();
    }

    private static String frame(String charset, boolean marked, String content) {
        return "frame " + new String(wide(charset, marked, content), ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource({"UTF-16BE, false", "UTF-16BE, true", "UTF-16LE, false", "UTF-16LE, true"})
    @DisplayName(
            "R51 frames in UTF-16, whose characters have the bytes of a frame's ends, wherever the stream is split")
    void shouldFindTheEndsOfUtf16(String charset, boolean marked) {
        // \u4E0B, \u4E1C, \u010B and \u1C0B have 0x0B or 0x1C in either byte; \u0D1C and \u0D0D are near an end.
        String first = "MSH|^~\\&|\u4E0B\u4E1C\u010B\u1C0B\u1C4E\u0B4E\rPID|\u011C\u0D0D\r";
        byte[] stream = wide(charset, marked, "\u000B", first, "\u001C", "\r", "\u000B", "MSH|^|2\r", "\u001C", "\r");
        List<String> frames = List.of(frame(charset, marked, first), frame(charset, marked, "MSH|^|2\r"));
        assertThat(decode(stream, 200, false, true)).isEqualTo(frames);
        assertThat(decode(stream, 200, true, true)).isEqualTo(frames);
        for (int cut = 0; cut <= stream.length; cut++) {
            assertThat(decode(stream, 200, false, true, cut, Math.min(cut + 1, stream.length)))
                    .isEqualTo(frames);
        }
    }

    @ParameterizedTest
    @CsvSource({"UTF-16BE, false", "UTF-16BE, true", "UTF-16LE, false", "UTF-16LE, true"})
    @DisplayName("R4 R51 a frame in UTF-16 that another one interrupts is never part of that, wherever it was cut off")
    void shouldTellAnInterruptedFrameInUtf16(String charset, boolean marked) {
        byte[] cutOff = wide(charset, marked, "MSH|^|1|\u4E0B");
        byte[] rest =
                wide(charset, marked, "\u000B", "MSH|^|2\r", "\u001C", "\r", "\u000B", "MSH|^|3\r", "\u001C", "\r");
        for (int length = 2; length <= cutOff.length; length++) {
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            stream.write(0x0B);
            stream.write(cutOff, 0, length);
            stream.writeBytes(rest);
            assertThat(decode(stream.toByteArray(), 200, false, true))
                    .as("cut off after %d bytes", length)
                    .containsExactly(
                            "interrupted " + new String(cutOff, 0, length, ISO_8859_1),
                            frame(charset, marked, "MSH|^|2\r"),
                            frame(charset, marked, "MSH|^|3\r"));
        }
    }

    @ParameterizedTest
    @CsvSource({"UTF-16BE, false", "UTF-16BE, true", "UTF-16LE, false", "UTF-16LE, true"})
    @DisplayName("R4 R12 R51 behind a frame of single bytes that was cut off, or none, a frame in UTF-16 is whole")
    void shouldFindUtf16BehindARestart(String charset, boolean marked) {
        String message = "MSH|^|1|\u201C\u011C\u1C0B\r";
        for (String before : List.of("", "M", "MSH|^|0", "BHS|^", "xx", "\r\n")) {
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            stream.write(0x0B);
            stream.writeBytes(before.getBytes(ISO_8859_1));
            stream.writeBytes(wide(charset, marked, "\u000B", message, "\u001C", "\r"));
            List<String> told = new ArrayList<>();
            if (!before.isEmpty()) {
                told.add("interrupted " + before);
            }
            told.add(frame(charset, marked, message));
            for (int cut = 0; cut <= stream.size(); cut++) {
                assertThat(decode(stream.toByteArray(), 200, false, true, cut))
                        .as("behind '%s', split at %d", before, cut)
                        .isEqualTo(told);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"UTF-16BE, false", "UTF-16BE, true", "UTF-16LE, false", "UTF-16LE, true"})
    @DisplayName(
            "R4 R45 R51 a batch or file in UTF-16 is one frame, and one that another interrupts is never part of it")
    void shouldFindBatchesInUtf16(String charset, boolean marked) {
        for (String name : List.of("BHS", "FHS")) {
            String batch = name + "|^~\\&|\u201C\u0B4E\rMSH|1|\u4E1C\r";
            byte[] stream = wide(
                    charset,
                    marked,
                    "\u000B",
                    batch,
                    "\u001C",
                    "\r",
                    "\u000B",
                    batch.substring(0, 9),
                    "\u000B",
                    batch,
                    "\u001C",
                    "\r");
            for (int cut = 0; cut <= stream.length; cut++) {
                assertThat(decode(stream, 200, false, true, cut))
                        .containsExactly(
                                frame(charset, marked, batch),
                                "interrupted " + new String(wide(charset, marked, batch.substring(0, 9)), ISO_8859_1),
                                frame(charset, marked, batch));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"UTF-16BE, false", "UTF-16BE, true", "UTF-16LE, false", "UTF-16LE, true"})
    @DisplayName("R4 R51 a frame in UTF-16 that one of single bytes interrupts is never part of that")
    void shouldFindSingleBytesBehindUtf16(String charset, boolean marked) {
        byte[] cutOff = wide(charset, marked, "MSH|^|1|\u4E0B\u201C");
        for (String next : List.of("MSH|^|2\r", "MSH|^|22\r", "BHS|^|2\r", "FHS#$22\r")) {
            for (int length = 2; length <= cutOff.length; length++) {
                ByteArrayOutputStream stream = new ByteArrayOutputStream();
                stream.write(0x0B);
                stream.write(cutOff, 0, length);
                stream.writeBytes(("\u000B" + next + "\u001C\r\u000BMSH|^|3\r\u001C\r").getBytes(ISO_8859_1));
                assertThat(decode(stream.toByteArray(), 200, false, true, length + 4))
                        .as("cut off after %d bytes", length)
                        .containsExactly(
                                "interrupted " + new String(cutOff, 0, length, ISO_8859_1),
                                "frame " + next,
                                "frame MSH|^|3\r");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"UTF-16BE, false", "UTF-16BE, true", "UTF-16LE, false", "UTF-16LE, true"})
    @DisplayName("R4 R51 letters of a header behind a character with the byte 0x0B are a text and begin no frame")
    void shouldNotCutATextInUtf16(String charset, boolean marked) {
        for (String text :
                List.of("\u0B85MSH", "\u0B85MSH ", "\u0B85MSH-\u0BB2", "\u010BMSH|7", "\u0B0BBHS.\r", "\u0B85MS")) {
            String message = "MSH|^~\\&|1\rNTE|1||" + text + "\rZZZ|\u201C\r";
            assertThat(decode(wide(charset, marked, "\u000B", message, "\u001C", "\r"), 200, false, true))
                    .as(text)
                    .containsExactly(frame(charset, marked, message));
        }
    }

    @Test
    @Timeout(60)
    @DisplayName("R51 a payload full of what looks like ends is not looked through for each of them")
    void shouldLookThroughAPayloadOnce() {
        byte[] stream = new byte[4 << 20];
        for (int at = 0; at < stream.length; at++) {
            stream[at] = (byte) (at % 2 == 0 ? 0x1C : 0x0D);
        }
        byte[] begin = {0x0B, (byte) 0xFE, (byte) 0xFF, 0};
        System.arraycopy(begin, 0, stream, 0, begin.length);
        assertThat(decode(stream, stream.length, false, true))
                .singleElement()
                .asString()
                .startsWith("rest ");
    }

    @Test
    @DisplayName("R51 where UTF-16 may come, frames of single bytes are taken as ever")
    void shouldTakeSingleBytesWhereUtf16MayCome() {
        byte[] stream = (FRAMES + "\u000BMSH|1\u001C\r\u000BM\u001C\r").getBytes(ISO_8859_1);
        assertThat(decode(stream, 100, false, true)).isEqualTo(decode(stream, 100, false));
        byte[] tooLong = wide("UTF-16LE", true, "\u000B", "MSH|1234567890");
        assertThat(decode(tooLong, 10, false, true)).singleElement().asString().startsWith("tooLong ");
    }

    @Test
    @DisplayName("R1 to R6 random streams give the same byte by byte as at once")
    void shouldGiveTheSameForRandomStreamsByteByByte() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] alphabet = {0x0B, 0x1C, 0x0D, 'a', 'b', 'c', '\n', (byte) 0xE9};
        for (int round = 0; round < 2_000; round++) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            int length = random.nextInt(60);
            for (int i = 0; i < length; i++) {
                out.write(alphabet[random.nextInt(alphabet.length)]);
            }
            byte[] stream = out.toByteArray();
            int[] everywhere = new int[Math.max(0, length - 1)];
            for (int i = 0; i < everywhere.length; i++) {
                everywhere[i] = i + 1;
            }
            boolean strict = random.nextBoolean();
            int limit = 1 + random.nextInt(12);
            assertThat(decode(stream, limit, strict, everywhere))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(decode(stream, limit, strict));
        }
    }

    @Test
    @DisplayName("R3 strict: 0x1C without 0x0D is a violation, and its bytes are left to be kept")
    void shouldKeepTheBytesOfAFrameWithoutReturnWhenStrict() {
        Notes notes = new Notes();
        FrameDecoder decoder =
                new FrameDecoder(100, true, FrameBudget.unlimited().newShare(() -> {}), notes);
        decoder.feed(Unpooled.copiedBuffer("\u000bABC\u001cX", ISO_8859_1));
        assertThat(notes.told).containsExactly("violation");
        assertThat(decoder.abandon()).isEqualTo("ABC".getBytes(ISO_8859_1));
    }

    @Test
    @DisplayName("R3 strict: a frame that waits for its 0x0D is still inside, so that the frame timeout ends it")
    void shouldStayInsideWhileTheReturnIsMissing() {
        Notes notes = new Notes();
        FrameDecoder decoder =
                new FrameDecoder(100, true, FrameBudget.unlimited().newShare(() -> {}), notes);
        decoder.feed(Unpooled.copiedBuffer("\u000bABC\u001c", ISO_8859_1));
        assertThat(decoder.isInsideFrame()).isTrue();
        assertThat(notes.told).isEmpty();
    }

    @Test
    @DisplayName("R6 buffering stops at the limit, and nothing after it is looked at")
    void shouldStopBufferingAtTheLimit() {
        byte[] stream = ("\u000b" + "a".repeat(50) + "\u001c\r\u000bB\u001c\r").getBytes(ISO_8859_1);
        assertThat(decode(stream, 49, false)).containsExactly("tooLong " + "a".repeat(49));
        assertThat(decode(stream, 50, false)).containsExactly("frame " + "a".repeat(50), "frame B");
    }

    @Test
    @DisplayName("R6 a long frame in small pieces comes out whole")
    void shouldJoinALongFrame() {
        byte[] stream = ("\u000b" + "0123456789".repeat(10_000) + "\u001c\r").getBytes(ISO_8859_1);
        int[] cuts = new int[stream.length / 997];
        for (int i = 0; i < cuts.length; i++) {
            cuts[i] = (i + 1) * 997;
        }
        assertThat(decode(stream, 100_000, false, cuts)).containsExactly("frame " + "0123456789".repeat(10_000));
    }
}
