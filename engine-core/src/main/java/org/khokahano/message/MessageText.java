package org.khokahano.message;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One message's bytes as text and text as its bytes: the character set that MSH-18 declares, or the
 * one that was guessed where it declares none (rules R48 to R51).
 */
final class MessageText {
    private static final String GUESS = "windows-1252";

    private final @Nullable TextEncoding declared;
    private final byte[] bytes;

    /** Guessed when the first byte over 127 is met; a race guesses twice the same. */
    private @Nullable TextEncoding guessed;

    /** Whether MSH-18 names a character set in which it is not MSH-18 any more. */
    private final boolean contradictory;

    /** Text in the declared encoding, or null where MSH-18 names one that is unknown. */
    MessageText(byte[] bytes, @Nullable TextEncoding declared) {
        this(bytes, declared, false);
    }

    private MessageText(byte[] bytes, @Nullable TextEncoding declared, boolean contradictory) {
        this.bytes = bytes;
        this.declared = declared;
        this.contradictory = contradictory;
    }

    /** Text that is read byte by byte, since the header cannot be read in the character set that it names. */
    static MessageText contradictory(byte[] bytes) {
        return new MessageText(bytes, null, true);
    }

    ByteShape shape() {
        return declared == null ? ByteShape.ASCII_SAFE : declared.shape();
    }

    /** The character set in effect; the guessed one where MSH-18 is empty or ASCII. */
    Charset charset() {
        return encoding().charset();
    }

    /** Whether MSH-18 is empty or names a character set that is known. */
    boolean isKnown() {
        return declared != null;
    }

    /** The encoding in effect for the whole message. */
    TextEncoding encoding() {
        return encoding(bytes, 0, bytes.length);
    }

    /** What stands in [from, to) of the source as text. */
    String text(Source source, int from, int to, boolean unescaped) {
        if (unescaped && Escapes.hasAny(source, from, to)) {
            byte[] plainText = Escapes.unescape(source, from, to);
            return decode(plainText, 0, plainText.length);
        }
        return decode(source.bytes, from, to);
    }

    String decode(byte[] from, int start, int end) {
        return encoding(from, start, end).decode(from, start, end);
    }

    /**
     * The text in the message's encoding.
     *
     * @throws UnencodableTextException where the encoding has no such character
     */
    byte[] encode(String text) {
        TextEncoding encoding = declared == null ? TextEncoding.ISO_8859_1 : declared;
        if (isAscii(text)) {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
        if (encoding.isAscii() && (guessed != null || !ByteSearch.isAscii(bytes, 0, bytes.length))) {
            encoding = guess();
        }
        try {
            return encoding.encode(text);
        } catch (CharacterCodingException unencodable) {
            // Its text is not passed on: nothing of the value may reach a log.
            throw new UnencodableTextException(encoding.charset());
        }
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    boolean isContradictory() {
        return contradictory;
    }

    int warnings() {
        if (contradictory) {
            return Warning.CONTRADICTORY_CHARACTER_SET.bit();
        }
        int warnings = declared == null ? Warning.UNKNOWN_CHARACTER_SET.bit() : 0;
        if (declared != null && declared.isAscii() && !ByteSearch.isAscii(bytes, 0, bytes.length)) {
            return warnings | Warning.GUESSED_CHARACTER_SET.bit();
        }
        if (declared != null && !declared.canDecode(bytes, 0, bytes.length)) {
            warnings |= Warning.UNDECODABLE_BYTES.bit();
        }
        return warnings;
    }

    private TextEncoding encoding(byte[] from, int start, int end) {
        if (declared == null) {
            return TextEncoding.ISO_8859_1;
        }
        if (!declared.isAscii() || ByteSearch.isAscii(from, start, end)) {
            return declared;
        }
        return guess();
    }

    /** Bytes over 127 that are UTF-8 by chance are rare, so what reads as UTF-8 is UTF-8. */
    private TextEncoding guess() {
        TextEncoding known = guessed;
        if (known == null) {
            if (TextEncoding.UTF_8.canDecode(bytes, 0, bytes.length)) {
                known = TextEncoding.UTF_8;
            } else if (Charset.isSupported(GUESS)) {
                known = new TextEncoding(Charset.forName(GUESS), ByteShape.ASCII_SAFE);
            } else {
                known = TextEncoding.ISO_8859_1;
            }
            guessed = known;
        }
        return known;
    }
}
