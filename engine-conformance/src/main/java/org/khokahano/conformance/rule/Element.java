package org.khokahano.conformance.rule;

import org.khokahano.message.Delimiters;
import org.khokahano.message.Message;
import org.khokahano.message.MessageBytes;
import org.khokahano.message.MessageView;
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
    private int position;
    private int field;
    private int repetition;
    private int component;
    private int subcomponent;
    private int repetitionFrom;
    private int repetitionTo;
    private int from;
    private int to;

    Element(Message message, MessageBytes bytes, Origin origin) {
        this.message = message;
        this.bytes = bytes;
        this.origin = origin;
    }

    void segment(String name, int which, int at) {
        segment = name;
        occurrence = which;
        position = at;
    }

    /** Moves to a field; {@code from} of -1 is a field that is not there. */
    void field(int number, int start, int end) {
        field = number;
        repetition = 0;
        component = 0;
        subcomponent = 0;
        bounds(start, end);
    }

    /** The bounds of the repetition do not change while its parts are walked over. */
    void repetition(Element whole, int number, int start, int end) {
        repetitionFrom = start;
        repetitionTo = end;
        segment(whole.segment, whole.occurrence, whole.position);
        field(whole.field, start, end);
        repetition = number;
    }

    void component(Element whole, int number, int start, int end) {
        segment(whole.segment, whole.occurrence, whole.position);
        field(whole.field, start, end);
        repetition = whole.repetition;
        repetitionFrom = whole.repetitionFrom;
        repetitionTo = whole.repetitionTo;
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

    /** Which repetition of its field, from 1; 0 of a whole field. */
    public int repetition() {
        return repetition;
    }

    /**
     * The message as it is seen from here: a path of this segment means this occurrence, and one of this
     * field this repetition where the walk is in one.
     */
    public MessageView view() {
        PlaceView view = new PlaceView(message, bytes, position, position + 1);
        return repetition > 0 ? view.inRepetition(field, repetitionFrom, repetitionTo) : view;
    }

    /** How many characters there are where each takes as many bytes as a delimiter; else more. */
    public int size() {
        return from < 0 ? 0 : to - from;
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

    /**
     * Its value decoded and unescaped: of a field's repetition the first component, of a component the
     * first subcomponent, since a simple value stays that when a later version makes more of it (2.8.2).
     */
    public String value() {
        return from < 0 ? "" : bytes.text(from, valueEnd());
    }

    private int valueEnd() {
        return component == 0 ? bytes.componentEnd(from, to) : bytes.subcomponentEnd(from, to);
    }

    /** How many characters it has, delimiters not counted and escapes as what they stand for. */
    public int length() {
        Delimiters delimiters = bytes.delimiters();
        int size = size();
        int separators = 0;
        boolean plain = true;
        for (int index = 0; index < size; index++) {
            int character = at(index);
            if (character < 0 || character == delimiters.escape()) {
                plain = false;
            } else if (character == delimiters.component() || character == delimiters.subcomponent()) {
                separators++;
            }
        }
        String decoded = plain ? "" : text();
        int characters = plain ? size : decoded.codePointCount(0, decoded.length());
        return characters - separators;
    }

    /** How many repetitions the field has, empty ones between others too; 0 where it is empty. */
    public int repetitions() {
        if (isEmpty()) {
            return 0;
        }
        int count = 0;
        for (int at = from; at <= to; at = bytes.repetitionEnd(at, to) + 1) {
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
