package org.khokahano.expression;

/**
 * A constant that is compared with a part of the message type (MSH-9, 2.A.44).
 *
 * @param part which part it is
 * @param text the constant
 * @param line line within the expression, from 1
 * @param column column of its first character within that line, from 1
 */
public record ComparedType(Part part, String text, int line, int column) {

    /** A part of MSH-9. */
    public enum Part {
        /** MSH-9.1, such as ADT. */
        TYPE,
        /** MSH-9.2, such as A01. */
        EVENT,
        /** MSH-9.3, such as ADT_A01. */
        STRUCTURE
    }
}
