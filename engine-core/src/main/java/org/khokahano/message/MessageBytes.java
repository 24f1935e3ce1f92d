package org.khokahano.message;

import java.util.List;

/**
 * The places of a message as offsets into its bytes, to walk over all of it without making a text of
 * anything. Offsets are of the message it was made of and of no other; parts are half open.
 */
public final class MessageBytes {
    private final Message message;
    private final Source source;
    private final SegmentIndex segments;

    private MessageBytes(Message message) {
        this.message = message;
        this.source = message.source();
        this.segments = message.index();
    }

    public static MessageBytes of(Message message) {
        return new MessageBytes(message);
    }

    /** How many segments there are. */
    public int segmentCount() {
        return segments.count();
    }

    /** The name of the segment at that position, from 0, as a number: its three characters in one. */
    public int code(int position) {
        return segments.code(position);
    }

    /** The number of a segment's name, as {@link #code(int)} gives it; -1 for what is no name. */
    public static int codeOf(String segmentName) {
        return SegmentNames.isName(segmentName) ? SegmentNames.code(segmentName) : -1;
    }

    /** The number of the name of the path's segment. */
    public static int codeOf(MessagePath path) {
        return path.code();
    }

    /** The position of the nth segment of that name, both from 1 and 0; -1 where there is none. */
    public int find(int code, int nth) {
        return segments.find(code, nth);
    }

    /** The position of the last segment of that name before this position; -1 where there is none. */
    public int lastBefore(int code, int position) {
        return segments.lastBefore(code, position);
    }

    /** How many segments of that name stand before this position. */
    public int countBefore(int code, int position) {
        return segments.countBefore(code, position);
    }

    /** The value at the path in the segment at that position, whichever it names; see {@link Message#get}. */
    public String value(int position, MessagePath path) {
        long node = FieldScanner.node(source, segments.start(position), segments.end(position), path);
        return text(FieldScanner.value(source, node, path));
    }

    /** The value at the path in the repetition between these offsets, whichever it names. */
    public String valueInRepetition(int from, int to, MessagePath path) {
        long node = FieldScanner.inRepetition(source, FieldScanner.bounds(from, to), path);
        boolean whole = node == FieldScanner.ABSENT || path.component() > 0;
        return text(whole ? node : FieldScanner.part(source, from, to, source.delimiters.component(), 1));
    }

    /** Adds every value at the path in the segment at that position, as {@link Message#all} does. */
    public void addValues(int position, MessagePath path, List<String> values) {
        FieldScanner.eachValue(source, segments.start(position), segments.end(position), path, value -> {
            if (FieldScanner.presence(source, value).holdsSomething()) {
                values.add(text(value));
            }
        });
    }

    /** What stands at the path in the segment at that position. */
    public Presence presence(int position, MessagePath path) {
        return FieldScanner.presence(
                source, FieldScanner.node(source, segments.start(position), segments.end(position), path));
    }

    /** How many repetitions the path's field has in the segment at that position. */
    public int repetitions(int position, MessagePath path) {
        return path.field() == 0
                ? 0
                : FieldScanner.repetitions(source, segments.start(position), segments.end(position), path);
    }

    private String text(long node) {
        return node == FieldScanner.ABSENT ? "" : text(FieldScanner.from(node), FieldScanner.to(node));
    }

    /** The delimiters of the message. */
    public Delimiters delimiters() {
        return source.delimiters;
    }

    /** Whether the segment's second field is its first after the name: MSH, FHS, BHS. */
    public static boolean isHeader(int code) {
        return SegmentNames.isHeader(code);
    }

    /** Where the first field after the name begins (of MSH: MSH-2); past the end where there is none. */
    public int firstField(int position) {
        return segments.start(position) + SegmentNames.LENGTH + 1;
    }

    /** Where the segment ends. */
    public int end(int position) {
        return segments.end(position);
    }

    /** Where the field that begins at {@code from} ends. */
    public int fieldEnd(int from, int to) {
        return ByteSearch.indexOf(source.scan, from, to, source.delimiters.field());
    }

    /** Where the repetition that begins at {@code from} ends. */
    public int repetitionEnd(int from, int to) {
        return ByteSearch.indexOf(source.scan, from, to, source.delimiters.repetition());
    }

    /** Where the component that begins at {@code from} ends. */
    public int componentEnd(int from, int to) {
        return ByteSearch.indexOf(source.scan, from, to, source.delimiters.component());
    }

    /** Where the subcomponent that begins at {@code from} ends. */
    public int subcomponentEnd(int from, int to) {
        return ByteSearch.indexOf(source.scan, from, to, source.delimiters.subcomponent());
    }

    /** What stands between these offsets. */
    public Presence presence(int from, int to) {
        return FieldScanner.presence(source, FieldScanner.bounds(from, to));
    }

    /** The nth character from 0 of what begins there, where it is ASCII; -1 otherwise. */
    public int ascii(int from, int index) {
        return source.scan[from + index];
    }

    /** The text between these offsets, decoded and unescaped. */
    public String text(int from, int to) {
        return message.decode(from, to, true);
    }
}
