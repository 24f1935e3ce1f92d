package org.khokahano.message;

import org.khokahano.message.UnreadableMessageException.Reason;

/**
 * The beginning and the end of a message: what stands around it, and its delimiters. Looks at the
 * first bytes and the last ones, never at what is between.
 */
final class Opening {
    /** MSH-2 has four or five characters; what is longer than this is not an MSH-2. */
    private static final int MAX_ENCODING_CHARACTERS = 5;

    private final byte[] scan;
    private int start;
    private int end;
    private int warnings;

    private Opening(byte[] scan) {
        this.scan = scan;
        this.end = scan.length;
    }

    /** Where MSH begins. */
    int start() {
        return start;
    }

    /** Where the last segment, with its end, ends. */
    int end() {
        return end;
    }

    int warnings() {
        return warnings;
    }

    static Opening around(byte[] scan) throws UnreadableMessageException {
        Opening opening = new Opening(scan);
        opening.findStart();
        opening.findEnd();
        return opening;
    }

    private void findStart() throws UnreadableMessageException {
        int mark = FrameBytes.byteOrderMark(scan);
        if (mark > 0) {
            warnings |= Warning.BYTE_ORDER_MARK.bit();
        }
        start = FrameBytes.startOfMessage(scan);
        if (start > mark) {
            warnings |= Warning.BYTES_BEFORE_MSH.bit();
        }
        if (start >= scan.length) {
            throw new UnreadableMessageException(Reason.EMPTY, scan.length);
        }
        refuseUtf16();
        if (starts("FHS") || starts("BHS")) {
            throw new UnreadableMessageException(Reason.BATCH, start);
        }
        if (!starts("MSH")) {
            throw new UnreadableMessageException(Reason.NO_MSH, start);
        }
    }

    private void refuseUtf16() throws UnreadableMessageException {
        Utf16 utf16 = Utf16.at(scan, start);
        if (utf16 == null) {
            return;
        }
        int broken = utf16.brokenAt(scan);
        throw broken < 0
                ? new UnreadableMessageException(Reason.UTF_16, start)
                : new UnreadableMessageException(Reason.BROKEN_UTF_16, broken);
    }

    private boolean starts(String name) {
        for (int i = 0; i < name.length(); i++) {
            int at = start + i;
            if (at >= scan.length || scan[at] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Cuts off a second end of frame, which the outer frame's decoder could not know. */
    private void findEnd() {
        int before = Math.max(start + 1, FrameBytes.end(scan));
        if (before < end) {
            end = before;
            warnings |= Warning.BYTES_AFTER_MESSAGE.bit();
        }
    }

    Delimiters delimiters() throws UnreadableMessageException {
        int at = start + SegmentNames.LENGTH;
        if (at >= end || scan[at] == '\r' || scan[at] == '\n') {
            throw new UnreadableMessageException(Reason.NO_FIELD_SEPARATOR, at);
        }
        int field = scan[at] & 0xFF;
        if (isText(scan[at]) || FrameBytes.isAround(scan[at]) || field == 0 || field == '"') {
            throw new UnreadableMessageException(Reason.BAD_FIELD_SEPARATOR, at);
        }
        int[] characters = new int[MAX_ENCODING_CHARACTERS];
        int count = 0;
        int first = at + 1;
        for (at = first; at < end && !endsEncodingCharacters(at, field); at++) {
            if (count == MAX_ENCODING_CHARACTERS) {
                warnings |= Warning.LONG_ENCODING_CHARACTERS.bit();
                break;
            }
            if (isText(scan[at]) || FrameBytes.isOne(scan[at]) || scan[at] == 0 || scan[at] == '"') {
                throw new UnreadableMessageException(Reason.BAD_ENCODING_CHARACTERS, at);
            }
            characters[count++] = scan[at] & 0xFF;
        }
        if (count == 0) {
            throw new UnreadableMessageException(Reason.NO_ENCODING_CHARACTERS, first);
        }
        return delimiters(field, characters, count);
    }

    private boolean endsEncodingCharacters(int at, int field) {
        return (scan[at] & 0xFF) == field || scan[at] == '\r' || scan[at] == '\n';
    }

    private Delimiters delimiters(int field, int[] characters, int count) {
        int length = count;
        if (length == MAX_ENCODING_CHARACTERS && characters[2] == characters[3]) {
            // ^~\\& is the text of a program's string constant; the escape was doubled on the way.
            characters[3] = characters[4];
            length--;
            warnings |= Warning.REPEATED_DELIMITER.bit();
        }
        if (length < 4) {
            warnings |= Warning.SHORT_ENCODING_CHARACTERS.bit();
        }
        int[] used = new int[MAX_ENCODING_CHARACTERS];
        for (int i = 0; i < MAX_ENCODING_CHARACTERS; i++) {
            used[i] = i < length ? characters[i] : Delimiters.NONE;
            for (int j = 0; j < i; j++) {
                if (used[i] != Delimiters.NONE && used[i] == used[j]) {
                    used[i] = Delimiters.NONE;
                    warnings |= Warning.REPEATED_DELIMITER.bit();
                }
            }
        }
        return new Delimiters(field, used[0], used[1], used[2], used[3], used[4]);
    }

    /** A letter, a digit or a space, none of which separates fields. */
    static boolean isText(byte candidate) {
        return (candidate >= 'A' && candidate <= 'Z')
                || (candidate >= 'a' && candidate <= 'z')
                || (candidate >= '0' && candidate <= '9')
                || candidate == ' ';
    }
}
