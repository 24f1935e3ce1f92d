package org.khokahano.validation;

/**
 * One place in a message. Everything counts from 1; 0 says that the place is the whole of what is before.
 *
 * @param segment the segment's name; empty for the whole message
 * @param occurrence which segment of that name in the message
 * @param field the field's number, or 0
 * @param repetition which repetition, or 0
 * @param component the component's number, or 0
 * @param subcomponent the subcomponent's number, or 0
 */
public record Place(String segment, int occurrence, int field, int repetition, int component, int subcomponent) {

    /** The whole message. */
    public static final Place MESSAGE = new Place("", 0, 0, 0, 0, 0);

    /** A whole segment. */
    public static Place ofSegment(String segment, int occurrence) {
        return new Place(segment, occurrence, 0, 0, 0, 0);
    }

    /** As an HL7 ERL value such as {@code PID^1^3^2^4}; empty for the whole message (ERR-2, R24). */
    public String location() {
        if (segment.isEmpty()) {
            return "";
        }
        StringBuilder erl = new StringBuilder(segment).append('^').append(occurrence);
        int[] numbers = {field, repetition, component, subcomponent};
        for (int i = 0; i < numbers.length && numbers[i] > 0; i++) {
            erl.append('^').append(numbers[i]);
        }
        return erl.toString();
    }

    /** As a path: {@code OBX[3]-5[2].1}; "the message" for the whole of it. */
    @Override
    public String toString() {
        if (segment.isEmpty()) {
            return "the message";
        }
        StringBuilder path = new StringBuilder(segment);
        if (occurrence > 1) {
            path.append('[').append(occurrence).append(']');
        }
        if (field > 0) {
            path.append('-').append(field);
        }
        if (repetition > 1) {
            path.append('[').append(repetition).append(']');
        }
        if (component > 0) {
            path.append('.').append(component);
        }
        if (subcomponent > 0) {
            path.append('.').append(subcomponent);
        }
        return path.toString();
    }
}
