package org.khokahano.message;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.khokahano.message.EditedSegments.Body;

/** Writes values into one segment, in the delimiters and the character set of its message. */
final class SegmentWriter {
    private static final int START_OF_FRAME = 0x0B;
    private static final int END_OF_FRAME = 0x1C;
    private static final int MAX_REPETITIONS_MADE = 1000;
    private static final int REPETITION_LEVEL = 1;
    private static final int COMPONENT_LEVEL = 2;

    private final MessageText text;
    private final Delimiters delimiters;
    private final ByteShape shape;

    SegmentWriter(Message message) {
        this.text = message.messageText();
        this.delimiters = message.delimiters();
        this.shape = text.shape();
    }

    byte[] escaped(String value) {
        return text.encode(Escapes.escape(value, delimiters));
    }

    /** The content as a segment's body. */
    Body body(byte[] content) {
        byte[] scan = ByteMask.over(content, shape, delimiters.filler());
        return new Body(new Source(content, scan, delimiters), 0, content.length);
    }

    /** A segment to add. */
    Body segment(String rawSegment) {
        return segment(text.encode(rawSegment));
    }

    Body segment(byte[] rawSegment) {
        Body body = body(rawSegment);
        int code = body.code();
        if (code == SegmentNames.UNNAMED || SegmentNames.isHeader(code)) {
            throw new IllegalArgumentException("a segment to add begins with its name of three"
                    + " capital letters or digits and the message's field separator,"
                    + " and is not MSH, FHS or BHS");
        }
        byte[] scan = body.source().scan;
        for (int at = 0; at < scan.length; at++) {
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
        for (int at = 0; at < scan.length; at++) {
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

    /** The segment with this value at the path, made where it is missing. */
    byte[] with(Body body, MessagePath path, byte[] value) {
        if (path.repetition() == MessagePath.EACH) {
            return withEach(body, path, value);
        }
        ByteArrayOutputStream out = room(body, value);
        writeWith(out, body, 0, numbers(body, path), path, value);
        return out.toByteArray();
    }

    /** One pass over the field, however often it repeats. */
    private byte[] withEach(Body body, MessagePath path, byte[] value) {
        Source source = body.source();
        long field = FieldScanner.field(source, body.from(), body.to(), path.field());
        if (field == FieldScanner.ABSENT) {
            return body.copy();
        }
        int[] numbers = numbers(body, path);
        int fieldEnd = FieldScanner.to(field);
        int at = FieldScanner.from(field);
        ByteArrayOutputStream out = room(body, value);
        out.write(source.bytes, body.from(), at - body.from());
        while (at <= fieldEnd) {
            int next = ByteSearch.indexOf(source.scan, at, fieldEnd, delimiters.repetition());
            Body repetition = new Body(source, at, next);
            writeWith(out, repetition, COMPONENT_LEVEL, numbers, path, value);
            at = next + 1;
            if (next < fieldEnd) {
                out.write(delimiters.repetition());
            }
        }
        out.write(source.bytes, fieldEnd, body.to() - fieldEnd);
        return out.toByteArray();
    }

    private static ByteArrayOutputStream room(Body body, byte[] value) {
        return new ByteArrayOutputStream(body.to() - body.from() + value.length + 16);
    }

    /** Writes the stretch with the value in its place, found by the numbers from this level down. */
    private void writeWith(
            ByteArrayOutputStream out, Body stretch, int level, int[] numbers, MessagePath path, byte[] value) {
        if (level == numbers.length) {
            out.writeBytes(value);
            return;
        }
        Source source = stretch.source();
        int from = stretch.from();
        int to = stretch.to();
        int separator = separators()[level];
        int number = numbers[level];
        long part = FieldScanner.part(source, from, to, separator, number);
        if (part != FieldScanner.ABSENT) {
            int partFrom = FieldScanner.from(part);
            int partTo = FieldScanner.to(part);
            boolean emptied = value.length == 0 && partFrom < partTo && level + 1 == numbers.length;
            if (emptied && partTo == to && level >= COMPONENT_LEVEL) {
                out.write(source.bytes, from, valuedEnd(source, from, partFrom, separator) - from);
                return;
            }
            out.write(source.bytes, from, partFrom - from);
            Body inner = new Body(source, partFrom, partTo);
            writeWith(out, inner, level + 1, numbers, path, value);
            out.write(source.bytes, partTo, to - partTo);
            return;
        }
        out.write(source.bytes, from, to - from);
        if (value.length > 0) {
            int present = FieldScanner.parts(source, from, to, separator);
            if (level == REPETITION_LEVEL && number - present > MAX_REPETITIONS_MADE) {
                throw new IllegalArgumentException(
                        path + " is more than " + MAX_REPETITIONS_MADE + " repetitions past the last of its field");
            }
            writeSeparators(out, separator, number - present, path);
            for (int deeper = level + 1; deeper < numbers.length; deeper++) {
                writeSeparators(out, separators()[deeper], numbers[deeper] - 1, path);
            }
            out.writeBytes(value);
        }
    }

    /** Where the last part with something in it ends: HL7 has no separators behind it (2.5.3). */
    private int valuedEnd(Source source, int from, int behind, int separator) {
        int end = behind;
        while (end > from && (source.scan[end - 1] & 0xFF) == separator) {
            end--;
        }
        return end;
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
            out.write(separator);
        }
    }

    /** The segment without the repetition, or with the field or component emptied. */
    byte[] without(Body body, MessagePath path) {
        if (path.depth() != 2) {
            return with(body, path, new byte[0]);
        }
        Source source = body.source();
        MessagePath field = new MessagePath(path.code(), 1, path.field(), MessagePath.UNSAID, 0, 0);
        boolean each = path.repetition() == MessagePath.EACH;
        long node = FieldScanner.node(source, body.from(), body.to(), each ? field : path);
        if (node == FieldScanner.ABSENT) {
            return body.copy();
        }
        int from = FieldScanner.from(node);
        int to = FieldScanner.to(node);
        if (path.repetition() > 1) {
            from--;
        } else if (to < body.to() && (source.scan[to] & 0xFF) == delimiters.repetition()) {
            to++;
        }
        ByteArrayOutputStream out = room(body, new byte[0]);
        out.write(source.bytes, body.from(), from - body.from());
        out.write(source.bytes, to, body.to() - to);
        return out.toByteArray();
    }

    /** What was copied from one place, in the delimiters of another. */
    byte[] fitted(byte[] raw, MessagePath from, MessagePath to) {
        int shift = Math.max(2, to.depth()) - Math.max(2, from.depth());
        boolean repeats = to.depth() == 1;
        byte[] scan = body(raw).source().scan;
        ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length + 16);
        for (int at = 0; at < raw.length; at++) {
            int unit = scan[at] & 0xFF;
            if (unit == delimiters.repetition() && !repeats) {
                writeEscape(out, 'R');
            } else if (unit == delimiters.component() && shift > 0) {
                writeLower(out, shift == 1, 'S');
            } else if (unit == delimiters.subcomponent() && shift > 0) {
                writeLower(out, false, 'T');
            } else if (unit == delimiters.subcomponent() && shift == -1) {
                out.write(delimiters.component());
            } else {
                out.write(raw[at]);
            }
        }
        return out.toByteArray();
    }

    private void writeLower(ByteArrayOutputStream out, boolean fits, char escape) {
        if (fits && delimiters.subcomponent() != Delimiters.NONE) {
            out.write(delimiters.subcomponent());
        } else {
            writeEscape(out, escape);
        }
    }

    private void writeEscape(ByteArrayOutputStream out, char kind) {
        if (delimiters.escape() == Delimiters.NONE) {
            throw new IllegalArgumentException(
                    "the copy needs an escape sequence and MSH-2 of this" + " message defines no escape character");
        }
        out.write(delimiters.escape());
        out.write(kind);
        out.write(delimiters.escape());
    }
}
