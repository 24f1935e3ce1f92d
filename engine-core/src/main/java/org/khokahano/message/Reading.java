package org.khokahano.message;

import java.nio.charset.StandardCharsets;
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
        if (plain.width == 2) {
            ByteShape shape = Utf16.shape(plain.bytes);
            MessageText text = new MessageText(plain.bytes, Utf16.encoding(shape));
            return new Reading(plain, new Header(message, plain, start, end), text);
        }
        Source source = plain;
        int headerEnd = ByteSearch.indexOfLineEnd(plain.bytes, start, end);
        if (ByteSearch.indexOf(plain.bytes, start, headerEnd, ESCAPE) < headerEnd) {
            // Japanese in MSH-3 to MSH-6 may look like separators before MSH-18 has said so.
            source = masked(plain, ByteShape.ISO_2022);
        }
        Header header = new Header(message, source, start, headerEnd);
        TextEncoding declared = declared(source, header);
        ByteShape shape = declared == null ? ByteShape.ASCII_SAFE : declared.shape();
        MessageText text = new MessageText(plain.bytes, declared);
        if (shape == ByteShape.ASCII_SAFE && source != plain) {
            source = plain;
            header = new Header(message, source, start, headerEnd);
        } else if (shape != ByteShape.ASCII_SAFE) {
            source = masked(plain, shape);
            header = new Header(message, source, start, headerEnd);
        }
        return new Reading(source, header, text);
    }

    private static Source masked(Source plain, ByteShape shape) {
        Delimiters delimiters = plain.delimiters;
        byte[] scan = ByteMask.over(plain.bytes, shape, delimiters.filler());
        return new Source(plain.bytes, scan, 1, delimiters);
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
