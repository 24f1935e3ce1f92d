package org.khokahano.conformance.rule;

import org.khokahano.message.Message;
import org.khokahano.message.MessageBytes;
import org.khokahano.message.Presence;
import org.khokahano.route.Origin;
import org.khokahano.validation.Place;

/**
 * Where the walk stands: a field with all its repetitions, one repetition, a component or a
 * subcomponent. One object for each depth serves a whole walk, so it must not be kept.
 */
public final class Element {
    private final Message message;
    private final MessageBytes bytes;
    private final Origin origin;

    private String segment = "";
    private int occurrence;
    private int field;
    private int repetition;
    private int component;
    private int subcomponent;
    private int from;
    private int to;

    Element(Message message, MessageBytes bytes, Origin origin) {
        this.message = message;
        this.bytes = bytes;
        this.origin = origin;
    }

    void segment(String name, int which) {
        segment = name;
        occurrence = which;
    }

    /** Moves to a field; {@code from} of -1 is a field that is not there. */
    void field(int number, int start, int end) {
        field = number;
        repetition = 0;
        component = 0;
        subcomponent = 0;
        bounds(start, end);
    }

    void repetition(Element whole, int number, int start, int end) {
        segment(whole.segment, whole.occurrence);
        field(whole.field, start, end);
        repetition = number;
    }

    void component(Element whole, int number, int start, int end) {
        repetition(whole, whole.repetition, start, end);
        component = number;
    }

    void subcomponent(Element whole, int number, int start, int end) {
        component(whole, whole.component, start, end);
        subcomponent = number;
    }

    void bounds(int start, int end) {
        from = start;
        to = end;
    }

    public Message message() {
        return message;
    }

    /** Where the message came from; tables are asked for the time at which it was received. */
    public Origin origin() {
        return origin;
    }

    public MessageBytes bytes() {
        return bytes;
    }

    /** Where it begins; -1 where it is not there. */
    public int from() {
        return from;
    }

    public int to() {
        return to;
    }

    /** Which segment of its name. */
    public int occurrence() {
        return occurrence;
    }

    /** How many characters there are where each takes as many bytes as a delimiter; else more. */
    public int size() {
        return from < 0 ? 0 : (to - from) / bytes.width();
    }

    /** The character at this index as ASCII, or a negative number. */
    public int at(int index) {
        return bytes.ascii(from, index);
    }

    public Presence presence() {
        return from < 0 ? Presence.ABSENT : bytes.presence(from, to);
    }

    /** Whether there is neither a value nor HL7's null. */
    public boolean isEmpty() {
        Presence presence = presence();
        return presence == Presence.ABSENT || presence == Presence.EMPTY;
    }

    /** Decoded and unescaped. */
    public String text() {
        return from < 0 ? "" : bytes.text(from, to);
    }

    /** How many repetitions the field has, empty ones between others too; 0 where it is empty. */
    public int repetitions() {
        if (isEmpty()) {
            return 0;
        }
        int count = 0;
        for (int at = from; at <= to; at = bytes.repetitionEnd(at, to) + bytes.width()) {
            count++;
        }
        return count;
    }

    public Place place() {
        return new Place(segment, occurrence, field, repetition, component, subcomponent);
    }

    /** The place, no content. */
    @Override
    public String toString() {
        return place().toString();
    }
}
