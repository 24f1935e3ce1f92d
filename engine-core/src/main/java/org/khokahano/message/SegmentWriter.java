package org.khokahano.message;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.khokahano.message.EditedSegments.Body;

/** Writes values into one segment, in the delimiters and the character set of its message. */
final class SegmentWriter {
    private static final int START_OF_FRAME = 0x0B;
    private static final int END_OF_FRAME = 0x1C;
    private static final int MAX_REPETITIONS_MADE = 1000;

    private final MessageText text;
    private final Delimiters delimiters;
    private final ByteShape shape;
    private final int width;

    SegmentWriter(Message message) {
        this.text = message.messageText();
        this.delimiters = message.delimiters();
        this.shape = text.shape();
        this.width = shape.width();
    }

    byte[] escaped(String value) {
        return text.encode(Escapes.escape(value, delimiters));
    }

    /** The content as a segment's body. */
    Body body(byte[] content) {
        byte[] scan = ByteMask.over(content, shape, delimiters.filler());
        return new Body(new Source(content, scan, width, delimiters), 0, content.length);
    }

    /** A segment to add. */
    Body segment(String rawSegment) {
        Body body = body(text.encode(rawSegment));
        int code = body.code();
        if (code == SegmentNames.UNNAMED || SegmentNames.isHeader(code)) {
            throw new IllegalArgumentException("a segment to add begins with its name of three"
                    + " capital letters or digits and the message's field separator,"
                    + " and is not MSH, FHS or BHS");
        }
        byte[] scan = body.source().scan;
        for (int at = 0; at < scan.length; at += width) {
            if (endsSegment(scan[at])) {
                throw new IllegalArgumentException("a segment to add holds a line end or a framing" + " byte at offset "
                        + at + "; add one segment at a time");
            }
        }
        return body;
    }

    private static boolean endsSegment(byte candidate) {
        return candidate == '\r' || candidate == '\n' || candidate == START_OF_FRAME || candidate == END_OF_FRAME;
    }

    /** Refuses bytes that would spill over the place that the path names. */
    void check(byte[] value, MessagePath path) {
        byte[] scan = body(value).source().scan;
        for (int at = 0; at < scan.length; at += width) {
            int unit = scan[at] & 0xFF;
            boolean spills = endsSegment(scan[at])
                    || unit == delimiters.field()
                    || (path.depth() >= 2 && unit == delimiters.repetition())
                    || (path.depth() >= 3 && unit == delimiters.component())
                    || (path.depth() >= 4 && unit == delimiters.subcomponent());
            if (spills) {
                throw new IllegalArgumentException("the value for " + path + " holds, at offset " + at
                        + ", a delimiter that ends what the path names");
            }
        }
    }

    int repetitions(Body body, MessagePath path) {
        long field = FieldScanner.field(body.source(), body.from(), body.to(), path.field());
        if (field == FieldScanner.ABSENT) {
            return 0;
        }
        return FieldScanner.parts(
                body.source(), FieldScanner.from(field), FieldScanner.to(field), delimiters.repetition());
    }

    /** The segment with this value at the path, made where it is missing. */
    byte[] with(Body body, MessagePath path, byte[] value) {
        int[] separators = separators();
        int[] numbers = numbers(body, path);
        Source source = body.source();
        int from = body.from();
        int to = body.to();
        ByteArrayOutputStream missing = new ByteArrayOutputStream();
        for (int level = 0; level < numbers.length; level++) {
            int number = numbers[level];
            long part = FieldScanner.part(source, from, to, separators[level], number);
            if (part != FieldScanner.ABSENT) {
                from = FieldScanner.from(part);
                to = FieldScanner.to(part);
                continue;
            }
            if (value.length == 0) {
                return body.copy();
            }
            int present = FieldScanner.parts(source, from, to, separators[level]);
            if (level == 1 && number - present > MAX_REPETITIONS_MADE) {
                throw new IllegalArgumentException(
                        path + " is more than " + MAX_REPETITIONS_MADE + " repetitions past the last of its field");
            }
            writeSeparators(missing, separators[level], number - present, path);
            for (int deeper = level + 1; deeper < numbers.length; deeper++) {
                writeSeparators(missing, separators[deeper], numbers[deeper] - 1, path);
            }
            from = to;
            break;
        }
        return spliced(body, from, to, missing.toByteArray(), value);
    }

    private int[] separators() {
        return new int[] {delimiters.field(), delimiters.repetition(), delimiters.component(), delimiters.subcomponent()
        };
    }

    /** Which part to take at each level, from the segment down to what the path names. */
    private static int[] numbers(Body body, MessagePath path) {
        int shift = SegmentNames.isHeader(body.code()) ? 0 : 1;
        int[] numbers = {path.field() + shift, path.repetitionOrFirst(), path.component(), path.subcomponent()};
        return Arrays.copyOf(numbers, path.depth());
    }

    private void writeSeparators(ByteArrayOutputStream out, int separator, int count, MessagePath path) {
        if (count > 0 && separator == Delimiters.NONE) {
            throw new IllegalArgumentException(path + " needs a delimiter that MSH-2 of this message does not define");
        }
        for (int i = 0; i < count; i++) {
            out.writeBytes(unit(separator));
        }
    }

    private byte[] unit(int separator) {
        return width == 1 ? new byte[] {(byte) separator} : Utf16.unit(shape, separator);
    }

    private static byte[] spliced(Body body, int from, int to, byte[] first, byte[] second) {
        byte[] bytes = body.source().bytes;
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.to() - body.from() + first.length + second.length);
        out.write(bytes, body.from(), from - body.from());
        out.writeBytes(first);
        out.writeBytes(second);
        out.write(bytes, to, body.to() - to);
        return out.toByteArray();
    }

    /** The segment without the repetition, or with the field or component emptied. */
    byte[] without(Body body, MessagePath path) {
        if (path.repetition() == MessagePath.EACH) {
            return withoutEach(body, path);
        }
        long node = FieldScanner.node(body.source(), body.from(), body.to(), path);
        if (node == FieldScanner.ABSENT) {
            return body.copy();
        }
        int from = FieldScanner.from(node);
        int to = FieldScanner.to(node);
        if (path.depth() == 2) {
            byte[] scan = body.source().scan;
            int separator = delimiters.repetition();
            if (path.repetition() > 1) {
                from -= width;
            } else if (to < body.to() && (scan[to] & 0xFF) == separator) {
                to += width;
            }
        }
        return spliced(body, from, to, new byte[0], new byte[0]);
    }

    private byte[] withoutEach(Body body, MessagePath path) {
        Body rest = body;
        for (int i = repetitions(body, path); i >= 1; i--) {
            rest = body(without(rest, path.inRepetition(i)));
        }
        return rest.copy();
    }

    /** What was copied from one place, in the delimiters of another. */
    byte[] fitted(byte[] raw, MessagePath from, MessagePath to) {
        int shift = Math.max(2, to.depth()) - Math.max(2, from.depth());
        boolean repeats = to.depth() == 1;
        byte[] scan = body(raw).source().scan;
        ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length + 16);
        for (int at = 0; at < raw.length; at += width) {
            int unit = scan[at] & 0xFF;
            if (unit == delimiters.repetition() && !repeats) {
                writeEscape(out, 'R');
            } else if (unit == delimiters.component() && shift > 0) {
                writeLower(out, shift == 1, 'S');
            } else if (unit == delimiters.subcomponent() && shift > 0) {
                writeLower(out, false, 'T');
            } else if (unit == delimiters.subcomponent() && shift == -1) {
                out.writeBytes(unit(delimiters.component()));
            } else {
                out.write(raw, at, Math.min(width, raw.length - at));
            }
        }
        return out.toByteArray();
    }

    private void writeLower(ByteArrayOutputStream out, boolean fits, char escape) {
        if (fits && delimiters.subcomponent() != Delimiters.NONE) {
            out.writeBytes(unit(delimiters.subcomponent()));
        } else {
            writeEscape(out, escape);
        }
    }

    private void writeEscape(ByteArrayOutputStream out, char kind) {
        if (delimiters.escape() == Delimiters.NONE) {
            throw new IllegalArgumentException(
                    "the copy needs an escape sequence and MSH-2 of this" + " message defines no escape character");
        }
        out.writeBytes(unit(delimiters.escape()));
        out.writeBytes(unit(kind));
        out.writeBytes(unit(delimiters.escape()));
    }
}
