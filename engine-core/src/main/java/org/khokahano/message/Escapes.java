package org.khokahano.message;

import java.io.ByteArrayOutputStream;

/**
 * HL7's escape sequences (2.7) both ways. {@code \F\ \S\ \T\ \R\ \E\ \P\} and {@code \Xhh..\} become
 * what they stand for. Highlighting, formatting commands, character set switches, local sequences
 * and unknown ones stay as they are. Writing escapes everything that has a meaning, so that {@code
 * unescape(escape(x))} is x for every x.
 */
final class Escapes {
    private static final String HEX = "0123456789ABCDEF";
    private static final int START_OF_FRAME = 0x0B;
    private static final int END_OF_FRAME = 0x1C;

    private Escapes() {}

    /** Whether [from, to) has an escape character at all; most values have none. */
    static boolean hasAny(Source source, int from, int to) {
        return ByteSearch.indexOf(source.scan, from, to, source.delimiters.escape()) < to;
    }

    /** The bytes in [from, to) with every known escape sequence replaced. */
    static byte[] unescape(Source source, int from, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(to - from);
        int escape = source.delimiters.escape();
        int at = from;
        while (at < to) {
            int open = ByteSearch.indexOf(source.scan, at, to, escape);
            out.write(source.bytes, at, open - at);
            if (open == to) {
                break;
            }
            int inside = open + 1;
            int close = ByteSearch.indexOf(source.scan, inside, to, escape);
            if (close == to || !isSequence(source, inside, close)) {
                // A lone escape character is text; what follows may still be a sequence.
                out.write(source.bytes[open]);
                at = inside;
                continue;
            }
            at = close + 1;
            if (!writeMeaning(out, source, inside, close)) {
                out.write(source.bytes, open, at - open);
            }
        }
        return out.toByteArray();
    }

    /** Whether this can be the inside of an escape sequence, known or not. */
    private static boolean isSequence(Source source, int from, int to) {
        if (from == to || isDigit(source.scan[from])) {
            return false;
        }
        for (int at = from; at < to; at++) {
            byte inside = source.scan[at];
            boolean possible = (inside >= 'A' && inside <= 'Z')
                    || (inside >= 'a' && inside <= 'z')
                    || isDigit(inside)
                    || inside == '.'
                    || inside == '+'
                    || inside == '-';
            if (!possible) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(byte candidate) {
        return candidate >= '0' && candidate <= '9';
    }

    private static boolean writeMeaning(ByteArrayOutputStream out, Source source, int from, int to) {
        int kind = source.scan[from];
        if (to - from > 1) {
            return kind == 'X' && writeHex(out, source, from + 1, to);
        }
        int meaning = meaning(source.delimiters, kind);
        if (meaning == Delimiters.NONE) {
            return false;
        }
        out.write(meaning);
        return true;
    }

    private static int meaning(Delimiters delimiters, int kind) {
        switch (kind) {
            case 'F':
                return delimiters.field();
            case 'S':
                return delimiters.component();
            case 'R':
                return delimiters.repetition();
            case 'E':
                return delimiters.escape();
            case 'T':
                return delimiters.subcomponent();
            case 'P':
                return delimiters.truncation();
            default:
                return Delimiters.NONE;
        }
    }

    private static boolean writeHex(ByteArrayOutputStream out, Source source, int from, int to) {
        if ((to - from) % 2 != 0) {
            return false;
        }
        for (int at = from; at < to; at++) {
            if (Character.digit(source.scan[at], 16) < 0) {
                return false;
            }
        }
        for (int at = from; at < to; at += 2) {
            int high = Character.digit(source.scan[at], 16);
            int low = Character.digit(source.scan[at + 1], 16);
            out.write((high << 4) | low);
        }
        return true;
    }

    /**
     * The text with every delimiter, and every character that would end a segment or a frame,
     * written as an escape sequence.
     *
     * @throws IllegalArgumentException where an escape is needed and MSH-2 defines no character for it
     */
    static String escape(String text, Delimiters delimiters) {
        StringBuilder escaped = null;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            String sequence = sequence(character, delimiters);
            if (sequence.isEmpty()) {
                if (escaped != null) {
                    escaped.append(character);
                }
                continue;
            }
            if (delimiters.escape() == Delimiters.NONE) {
                throw new IllegalArgumentException("the value needs an escape sequence and MSH-2"
                        + " of this message defines no escape character");
            }
            if (escaped == null) {
                escaped = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            char escape = (char) delimiters.escape();
            escaped.append(escape).append(sequence).append(escape);
        }
        return escaped == null ? text : escaped.toString();
    }

    private static String sequence(char character, Delimiters delimiters) {
        if (character == '\r' || character == '\n' || character == START_OF_FRAME || character == END_OF_FRAME) {
            return "X" + HEX.charAt(character >> 4) + HEX.charAt(character & 0xF);
        }
        if (character == delimiters.field()) {
            return "F";
        }
        if (character == delimiters.component()) {
            return "S";
        }
        if (character == delimiters.repetition()) {
            return "R";
        }
        if (character == delimiters.escape()) {
            return "E";
        }
        if (character == delimiters.subcomponent()) {
            return "T";
        }
        return character == delimiters.truncation() ? "P" : "";
    }
}
