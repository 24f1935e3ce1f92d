package org.khokahano.message;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes and encodes text in one character set, losing nothing: a byte that the character set does
 * not have becomes the character of its number (as in ISO 8859-1), never a replacement character;
 * text that it cannot hold is refused.
 */
record TextEncoding(Charset charset, ByteShape shape) {
    static final TextEncoding ASCII = new TextEncoding(StandardCharsets.US_ASCII, ByteShape.ASCII_SAFE);
    static final TextEncoding UTF_8 = new TextEncoding(StandardCharsets.UTF_8, ByteShape.ASCII_SAFE);
    static final TextEncoding ISO_8859_1 = new TextEncoding(StandardCharsets.ISO_8859_1, ByteShape.ASCII_SAFE);

    private static final char REPLACEMENT = '\uFFFD';
    private static final byte ESCAPE = 0x1B;

    boolean isAscii() {
        return charset.equals(StandardCharsets.US_ASCII);
    }

    String decode(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length == 0) {
            return "";
        }
        if (isPlain(bytes, from, to)) {
            return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
        }
        String text = new String(bytes, from, length, charset);
        return text.indexOf(REPLACEMENT) < 0 ? text : decodeByteByByte(bytes, from, to);
    }

    private boolean isPlain(byte[] bytes, int from, int to) {
        switch (shape) {
            case ISO_2022:
                return ByteSearch.isAscii(bytes, from, to) && ByteSearch.indexOf(bytes, from, to, ESCAPE) == to;
            case ASCII_SAFE:
            case SHIFT_JIS:
            case GBK:
            case GB_18030:
            case BIG_5:
                return ByteSearch.isAscii(bytes, from, to);
        }
        throw new AssertionError(shape);
    }

    private String decodeByteByByte(byte[] bytes, int from, int to) {
        CharsetDecoder decoder = strictDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
        CharBuffer out = CharBuffer.allocate(to - from + 8);
        StringBuilder text = new StringBuilder(to - from);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            text.append(out.flip());
            out.clear();
            if (result.isUnderflow()) {
                return text.toString();
            }
            for (int i = result.isError() ? result.length() : 0; i > 0; i--) {
                text.append((char) (in.get() & 0xFF));
            }
        }
    }

    /** Whether every byte in [from, to) belongs to a character of this character set. */
    boolean canDecode(byte[] bytes, int from, int to) {
        if (isPlain(bytes, from, to)) {
            return true;
        }
        try {
            strictDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
            return true;
        } catch (CharacterCodingException undecodable) {
            return false;
        }
    }

    /** The bytes of the text, or an exception that names the first character it cannot hold. */
    byte[] encode(String text) throws CharacterCodingException {
        ByteBuffer encoded = charset.newEncoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .encode(CharBuffer.wrap(text));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    private CharsetDecoder strictDecoder() {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }
}
