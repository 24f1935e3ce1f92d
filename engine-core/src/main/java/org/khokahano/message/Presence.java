package org.khokahano.message;

/** What stands at a path (HL7 v2.9.1, 2.5.3: empty and {@code ""} mean different things). */
public enum Presence {
    /** The segment, or the field, repetition or component in it, is not in the message at all. */
    ABSENT,
    /** The place is there and holds nothing, or nothing but delimiters: no information. */
    EMPTY,
    /** The place holds {@code ""}: the receiver is told to delete its value. */
    DELETED,
    /** The place holds a value. */
    VALUED;

    /** Whether there is a value or HL7's null. */
    boolean holdsSomething() {
        return this == VALUED || this == DELETED;
    }
}
