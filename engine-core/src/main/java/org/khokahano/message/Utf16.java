package org.khokahano.message;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * UTF-16, which is taken only where it was asked for, since MLLP's framing assumes single bytes (R51).
 * Messages and batches become UTF-8 at the door, with its name in MSH-18, and answers become UTF-16 again:
 * in between, a delimiter is one byte.
 */
public final class Utf16 {
    private static final String UTF_8_NAME = "UNICODE UTF-8";
    private static final String UTF_16_NAME = "UNICODE UTF-16";
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Charset charset;
    private final boolean marked;

    private Utf16(Charset charset, boolean marked) {
        this.charset = charset;
        this.marked = marked;
    }

    /** In which byte order a message or batch is UTF-16, and whether with a mark; null where it is not. */
    public static @Nullable Utf16 of(byte[] bytes) {
        return at(bytes, 0);
    }

    static @Nullable Utf16 at(byte[] bytes, int from) {
        if (bytes.length - from < 4) {
            return null;
        }
        int first = bytes[from] & 0xFF;
        int second = bytes[from + 1] & 0xFF;
        if (first == 0xFF && second == 0xFE) {
            return new Utf16(StandardCharsets.UTF_16LE, true);
        }
        if (first == 0xFE && second == 0xFF) {
            return new Utf16(StandardCharsets.UTF_16BE, true);
        }
        if (isCapital(first) && second == 0 && isCapital(bytes[from + 2]) && bytes[from + 3] == 0) {
            return new Utf16(StandardCharsets.UTF_16LE, false);
        }
        if (first == 0 && isCapital(second) && bytes[from + 2] == 0 && isCapital(bytes[from + 3])) {
            return new Utf16(StandardCharsets.UTF_16BE, false);
        }
        return null;
    }

    private static boolean isCapital(int candidate) {
        return candidate >= 'A' && candidate <= 'Z';
    }

    /** The character set, for who reads more than one array. */
    public Charset charset() {
        return charset;
    }

    /** Where the bytes are not UTF-16: the offset of half a character; -1 where they are. */
    public int brokenAt(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length / 2 + 1);
        CoderResult result = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(in, out, true);
        return result.isError() ? in.position() : -1;
    }

    /**
     * The same in UTF-8, without a mark, and with its name in the MSH-18 of each message.
     *
     * @throws CharacterCodingException where the bytes are not UTF-16
     */
    public byte[] toUtf8(byte[] bytes) throws CharacterCodingException {
        String text = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        return labelledUtf8(text);
    }

    /** The text of a message in UTF-8, with the name of that in its MSH-18. */
    public static byte[] labelledUtf8(String text) {
        int from = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
        return CharacterSetLabel.everywhere(text.substring(from), UTF_8_NAME).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * An answer in the byte order, and with or without a mark, as what it answers came.
     *
     * @param answer a message in whatever character set it says, or a batch in UTF-8
     */
    public byte[] answer(byte[] answer) {
        String text = CharacterSetLabel.everywhere(text(answer), UTF_16_NAME);
        CharsetEncoder encoder = charset.newEncoder();
        try {
            ByteBuffer encoded = encoder.encode(CharBuffer.wrap(marked ? BYTE_ORDER_MARK + text : text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException impossible) {
            throw new IllegalStateException("text that was decoded is not UTF-16", impossible);
        }
    }

    private static String text(byte[] answer) {
        try {
            Message message = Message.read(answer);
            return message.messageText().encoding().decode(answer, message.start(), message.end());
        } catch (UnreadableMessageException batch) {
            return TextEncoding.UTF_8.decode(answer, 0, answer.length);
        }
    }
}
