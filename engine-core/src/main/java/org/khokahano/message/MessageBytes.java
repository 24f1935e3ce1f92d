package org.khokahano.message;

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

    /** Whether the segment's second field is its first after the name: MSH, FHS, BHS. */
    public static boolean isHeader(int code) {
        return SegmentNames.isHeader(code);
    }

    /** Where the first field after the name begins (of MSH: MSH-2); past the end where there is none. */
    public int firstField(int position) {
        return segments.start(position) + (SegmentNames.LENGTH + 1) * source.width;
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

    /** How many bytes a delimiter takes. */
    public int width() {
        return source.width;
    }

    /** What stands between these offsets. */
    public Presence presence(int from, int to) {
        return FieldScanner.presence(source, FieldScanner.bounds(from, to));
    }

    /** The nth character from 0 of what begins there, where it is ASCII; -1 otherwise. */
    public int ascii(int from, int index) {
        return source.scan[from + index * source.width];
    }

    /** The text between these offsets, decoded and unescaped. */
    public String text(int from, int to) {
        return message.decode(from, to, true);
    }
}
