package org.khokahano.message;

import java.util.Arrays;

/**
 * The delimiters of one message, from its MSH-1 and MSH-2 (HL7 v2.9.1, 2.5.4). Each is the value of
 * one byte, 0 to 255, or {@link #NONE} where a short MSH-2 does not define it.
 */
public final class Delimiters {
    /** What a delimiter that MSH-2 does not define is: no byte equals it. */
    public static final int NONE = -1;

    /** {@code |^~\&}, what HL7 recommends. */
    public static final Delimiters STANDARD = new Delimiters('|', '^', '~', '\\', '&', NONE);

    private final int field;
    private final int component;
    private final int repetition;
    private final int escape;
    private final int subcomponent;
    private final int truncation;

    Delimiters(int field, int component, int repetition, int escape, int sub, int truncation) {
        this.field = field;
        this.component = component;
        this.repetition = repetition;
        this.escape = escape;
        this.subcomponent = sub;
        this.truncation = truncation;
    }

    /** The field separator, MSH-1. */
    public int field() {
        return field;
    }

    /** The component separator, first of MSH-2. */
    public int component() {
        return component;
    }

    /** The repetition separator, second of MSH-2. */
    public int repetition() {
        return repetition;
    }

    /** The escape character, third of MSH-2. */
    public int escape() {
        return escape;
    }

    /** The subcomponent separator, fourth of MSH-2. */
    public int subcomponent() {
        return subcomponent;
    }

    /** The truncation character, fifth of MSH-2 (2.7 and later). */
    public int truncation() {
        return truncation;
    }

    /** Whether this byte separates: the escape and truncation characters do not. */
    boolean separates(byte candidate) {
        int value = candidate & 0xFF;
        return value == field || value == component || value == repetition || value == subcomponent;
    }

    /** A byte that is neither a delimiter nor ends a segment, to stand for bytes that are text. */
    byte filler() {
        int candidate = 0xFF;
        while (candidate == field || candidate == escape || separates((byte) candidate)) {
            candidate--;
        }
        return (byte) candidate;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Delimiters that && Arrays.equals(values(), that.values());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values());
    }

    private int[] values() {
        return new int[] {field, component, repetition, escape, subcomponent, truncation};
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int value : values()) {
            if (value != NONE) {
                text.append((char) value);
            }
        }
        return text.toString();
    }
}
