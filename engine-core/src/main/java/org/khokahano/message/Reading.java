package org.khokahano.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is known of a message once its header was looked at: how to scan it and how to decode it. */
final class Reading {
    private static final byte ESCAPE = 0x1B;
    private static final int CHARACTER_SET = 18;

    final Source source;
    final Header header;
    final MessageText text;

    private Reading(Source source, Header header, MessageText text) {
        this.source = source;
        this.header = header;
        this.text = text;
    }

    static Reading of(Message message, Source plain, int start, int end) {
        int headerEnd = ByteSearch.indexOfLineEnd(plain.bytes, start, end);
        Source source = plain;
        if (ByteSearch.indexOf(plain.bytes, start, headerEnd, ESCAPE) < headerEnd) {
            // Japanese in MSH-3 to MSH-6 may look like separators before MSH-18 has said so.
            source = masked(plain, ByteShape.ISO_2022);
        }
        TextEncoding declared = declared(source, new Header(message, source, start, headerEnd));
        if (!ByteSearch.isAscii(plain.bytes, start, headerEnd)) {
            Source header = headerOnly(plain, headerEnd);
            TextEncoding named = declared == null || declared.isAscii() ? null : declared;
            if (named == null || !declares(named, message, header, start)) {
                TextEncoding found = consistent(message, header, start);
                if (found == null && named != null) {
                    return contradictory(message, plain, start, headerEnd);
                }
                declared = found == null ? declared : found;
            }
        }
        ByteShape shape = declared == null ? ByteShape.ASCII_SAFE : declared.shape();
        MessageText text = new MessageText(plain.bytes, declared);
        source = shape == ByteShape.ASCII_SAFE ? plain : masked(plain, shape);
        return new Reading(source, new Header(message, source, start, headerEnd), text);
    }

    /** Nothing is hidden, and text is read byte by byte: nobody can say where its fields end. */
    private static Reading contradictory(Message message, Source plain, int start, int headerEnd) {
        MessageText text = MessageText.contradictory(plain.bytes);
        return new Reading(plain, new Header(message, plain, start, headerEnd), text);
    }

    /** The bytes up to the header's end, so that trying a character set costs as much as the header is long. */
    private static Source headerOnly(Source plain, int headerEnd) {
        byte[] bytes = Arrays.copyOf(plain.bytes, headerEnd);
        return new Source(bytes, bytes, plain.delimiters);
    }

    /** Whether MSH-18 still says so where the header is read in that character set. */
    private static boolean declares(TextEncoding encoding, Message message, Source header, int start) {
        Source hidden = masked(header, encoding.shape());
        TextEncoding said = declared(hidden, new Header(message, hidden, start, hidden.bytes.length));
        return said != null && said.shape() == encoding.shape();
    }

    /**
     * The character set that MSH-18 declares where the header is read in that very set: a character before it
     * may hold a separator, and then MSH-18 stands elsewhere than it seems.
     */
    private static @Nullable TextEncoding consistent(Message message, Source header, int start) {
        for (ByteShape shape : ByteShape.WITH_LEADS) {
            Source hidden = masked(header, shape);
            TextEncoding said = declared(hidden, new Header(message, hidden, start, hidden.bytes.length));
            if (said != null && said.shape() == shape) {
                return said;
            }
        }
        return null;
    }

    private static Source masked(Source plain, ByteShape shape) {
        Delimiters delimiters = plain.delimiters;
        byte[] scan = ByteMask.over(plain.bytes, shape, delimiters.filler());
        return new Source(plain.bytes, scan, delimiters);
    }

    private static @Nullable TextEncoding declared(Source source, Header header) {
        long bounds = header.bounds(CHARACTER_SET);
        int from = FieldScanner.from(bounds);
        int to = FieldScanner.to(bounds);
        if (from == to) {
            return TextEncoding.ASCII;
        }
        int separator = source.delimiters.repetition();
        int first = ByteSearch.indexOf(source.bytes, from, to, separator);
        String others = first == to ? "" : string(source.bytes, first + 1, to);
        return CharacterSets.declared(string(source.bytes, from, first), others);
    }

    private static String string(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
