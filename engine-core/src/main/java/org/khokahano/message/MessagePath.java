package org.khokahano.message;

/**
 * A place in a message, as HL7 people write it: {@code MSH-9.1}, {@code PID-3[2].4.1}, {@code
 * OBX[3]-5}, {@code OBX[*]-3.1}, {@code ZPD}. Everything counts from 1. A segment without {@code
 * [n]} is the first where one value is asked for and each where all are; a field's repetition
 * likewise. {@code [*]} says each.
 */
public final class MessagePath {
    /** An occurrence or repetition that the path does not name. */
    public static final int UNSAID = 0;
    /** An occurrence or repetition written {@code [*]}. */
    public static final int EACH = -1;

    private final String text;
    private final int code;
    private final int occurrence;
    private final int field;
    private final int repetition;
    private final int component;
    private final int subcomponent;

    MessagePath(int code, int occurrence, int field, int repetition, int component, int sub) {
        this.code = code;
        this.occurrence = occurrence;
        this.field = field;
        this.repetition = repetition;
        this.component = component;
        this.subcomponent = sub;
        this.text = write();
    }

    /**
     * Reads a path.
     *
     * @throws InvalidPathException (an IllegalArgumentException) where and why it is none
     */
    public static MessagePath parse(String path) {
        return new PathParser(path).parse();
    }

    /** As {@link #parse}, and remembered: for texts of a configuration, which come again and again. */
    public static MessagePath of(String path) {
        return PathCache.SHARED.path(path);
    }

    /** The segment's name. */
    public String segment() {
        return SegmentNames.text(code);
    }

    /** Which segment of that name, from 1; {@link #UNSAID} or {@link #EACH}. */
    public int occurrence() {
        return occurrence;
    }

    /** The field's number, or 0 where the path names a whole segment. */
    public int field() {
        return field;
    }

    /** Which repetition of the field, from 1; {@link #UNSAID} or {@link #EACH}. */
    public int repetition() {
        return repetition;
    }

    /** The component's number, or 0 where the path names none. */
    public int component() {
        return component;
    }

    /** The subcomponent's number, or 0 where the path names none. */
    public int subcomponent() {
        return subcomponent;
    }

    /** The same place in the nth (from 1) segment of that name. */
    public MessagePath inOccurrence(int nth) {
        int checked = PathParser.checkOccurrence(nth);
        return new MessagePath(code, checked, field, repetition, component, subcomponent);
    }

    /** The same place in the nth (from 1) repetition of the field. */
    public MessagePath inRepetition(int nth) {
        int checked = PathParser.checkOccurrence(nth);
        return new MessagePath(code, occurrence, field, checked, component, subcomponent);
    }

    int code() {
        return code;
    }

    int occurrenceOrFirst() {
        return Math.max(1, occurrence);
    }

    int repetitionOrFirst() {
        return Math.max(1, repetition);
    }

    /** 0 for a segment, 1 a field, 2 a repetition, 3 a component, 4 a subcomponent. */
    int depth() {
        if (subcomponent > 0) {
            return 4;
        }
        if (component > 0) {
            return 3;
        }
        if (repetition != UNSAID) {
            return 2;
        }
        return field > 0 ? 1 : 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MessagePath that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The path as it is written; {@link #parse} reads it back. */
    @Override
    public String toString() {
        return text;
    }

    private String write() {
        StringBuilder written = new StringBuilder(SegmentNames.text(code));
        writeIndex(written, occurrence);
        if (field > 0) {
            written.append('-').append(field);
            writeIndex(written, repetition);
        }
        if (component > 0) {
            written.append('.').append(component);
        }
        if (subcomponent > 0) {
            written.append('.').append(subcomponent);
        }
        return written.toString();
    }

    private static void writeIndex(StringBuilder written, int index) {
        if (index == EACH) {
            written.append("[*]");
        } else if (index != UNSAID) {
            written.append('[').append(index).append(']');
        }
    }
}
