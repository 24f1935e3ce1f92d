package org.khokahano.message;

import java.nio.charset.Charset;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An HL7 v2 message over the very bytes that came. Immutable and safe for use by several threads;
 * what is found out is remembered, and a race only finds it out twice.
 *
 * <p>Reading looks at the header alone. The segments are found at the first question that needs
 * them, a field when it is asked for, and text is decoded last. A value is what stands in the first
 * component where a path names none ({@code get("MSH-4")} of {@code QMMH^1.2.3^ISO} is {@code QMMH}),
 * as HL7 has it (2.8.2); subcomponents are taken apart only by a path that names one. {@link #text}
 * has the whole of what a path names, {@link #raw} its bytes.
 */
public final class Message implements MessageView {
    /** The name given to a line that does not begin with a segment's name. */
    public static final String UNNAMED_SEGMENT = "???";

    private final Source plain;
    private final int start;
    private final int end;
    private final int openingWarnings;

    private @Nullable Reading reading;
    private @Nullable SegmentIndex index;
    private ca.uhn.hl7v2.model.@Nullable Message typed;

    private Message(Source plain, Opening opening) {
        this.plain = plain;
        this.start = opening.start();
        this.end = opening.end();
        this.openingWarnings = opening.warnings();
    }

    /**
     * Reads a message; the array becomes the message's own and must not be changed afterwards. Only
     * the header's beginning and the last bytes are looked at, so this costs the same at any length.
     *
     * @throws UnreadableMessageException with the reason and the offset in bytes, never content
     */
    public static Message read(byte[] bytes) throws UnreadableMessageException {
        Opening opening = Opening.around(bytes);
        return new Message(new Source(bytes, bytes, opening.delimiters()), opening);
    }

    /** The very bytes that came, not a copy: not to be changed. */
    public byte[] bytes() {
        return plain.bytes;
    }

    /** The length of the message in bytes, with what stands around it. */
    public int length() {
        return plain.bytes.length;
    }

    /** The delimiters of this message, from MSH-1 and MSH-2. */
    public Delimiters delimiters() {
        return plain.delimiters;
    }

    /** The fields of MSH. */
    public Header header() {
        return reading().header;
    }

    /** The character set in which text is decoded, declared in MSH-18 or guessed (R48, R49). */
    public Charset characterSet() {
        return reading().text.charset();
    }

    /**
     * The value at the path, decoded and unescaped: "" where it is empty or absent, and two quote
     * characters where it is HL7's null. A segment or repetition that the path does not number is
     * the first.
     *
     * @throws InvalidPathException (an IllegalArgumentException) where the text is no path
     */
    public String get(String path) {
        return get(PathCache.SHARED.path(path));
    }

    /** As {@link #get(String)}, with a path that was parsed before. */
    @Override
    public String get(MessagePath path) {
        Source source = reading().source;
        return decoded(FieldScanner.value(source, node(source, path), path));
    }

    /**
     * The whole of what the path names as text, decoded and unescaped, with the delimiters that
     * stand in it: of a field every component and repetition, of a segment every field.
     */
    public String text(MessagePath path) {
        return decoded(node(reading().source, path));
    }

    /** The bytes of what the path names, as they came; empty where there is no such place. */
    public byte[] raw(MessagePath path) {
        long node = node(reading().source, path);
        return node == FieldScanner.ABSENT
                ? new byte[0]
                : Arrays.copyOfRange(plain.bytes, FieldScanner.from(node), FieldScanner.to(node));
    }

    /** What stands at the path: the whole of what it names, not only its first component. */
    @Override
    public Presence presence(MessagePath path) {
        Source source = reading().source;
        return FieldScanner.presence(source, node(source, path));
    }

    /**
     * Every value at the path, in order, over all segments of that name and all repetitions where
     * the path does not number them. Empty places are left out; HL7's null is not.
     */
    @Override
    public List<String> all(MessagePath path) {
        SegmentIndex segments = index();
        List<String> values = new ArrayList<>();
        if (path.occurrence() > 0) {
            int position = segments.find(path.code(), path.occurrence());
            if (position >= 0) {
                addAll(values, segments.start(position), segments.end(position), path);
            }
            return values;
        }
        for (int at = segments.next(path.code(), -1); at >= 0; at = segments.next(path.code(), at)) {
            addAll(values, segments.start(at), segments.end(at), path);
        }
        return values;
    }

    private void addAll(List<String> values, int from, int to, MessagePath path) {
        Source source = reading().source;
        FieldScanner.eachValue(source, from, to, path, value -> {
            if (FieldScanner.presence(source, value).holdsSomething()) {
                values.add(decoded(value));
            }
        });
    }

    /** How many segments there are, lines without a segment's name included. */
    public int segmentCount() {
        return index().count();
    }

    /** How many segments of that name there are. */
    @Override
    public int count(String segmentName) {
        return SegmentNames.isName(segmentName) ? index().count(SegmentNames.code(segmentName)) : 0;
    }

    /** How many repetitions the path's field has; 0 where it is absent or empty. */
    @Override
    public int repetitions(MessagePath path) {
        Source source = reading().source;
        int position = index().find(path.code(), path.occurrenceOrFirst());
        if (position < 0 || path.field() == 0) {
            return 0;
        }
        return FieldScanner.repetitions(source, index().start(position), index().end(position), path);
    }

    /** The names of the segments in their order; {@link #UNNAMED_SEGMENT} for other lines. */
    @Override
    public List<String> segmentNames() {
        SegmentIndex segments = index();
        return new AbstractList<>() {
            @Override
            public String get(int position) {
                return SegmentNames.text(segments.code(position));
            }

            @Override
            public int size() {
                return segments.count();
            }
        };
    }

    /** The segment at that position, from 0, to walk through its fields. */
    public Segment segment(int position) {
        SegmentIndex segments = index();
        int checked = Objects.checkIndex(position, segments.count());
        return new Segment(this, reading().source, checked, segments.start(checked), segments.end(checked));
    }

    /**
     * The message structure, as in ADT_A01: MSH-9.3, or where it is missing what HL7 defines for
     * MSH-9.1 and MSH-9.2 in the message's version (R56); "" where MSH-9 is empty.
     */
    @Override
    public String structure() {
        Header header = header();
        String declared = header.messageStructure();
        return declared.isEmpty()
                ? MessageStructures.of(header.messageCode(), header.triggerEvent(), header.version())
                : declared;
    }

    /**
     * Whether the header cannot be read in the character set that it names, so that nobody can say where
     * its fields are; looks at the header alone.
     */
    public boolean hasContradictoryCharacterSet() {
        return reading().text.isContradictory();
    }

    /** Whether another MSH follows, so that these are several messages; looks at the whole message. */
    public boolean holdsSeveralMessages() {
        return (index().warnings() & Warning.REPEATED_MSH.bit()) != 0;
    }

    /**
     * Where in the bytes a frame of MLLP would end before the message does, or another one begin; -1 where nothing in it
     * does so. Whoever reads such a frame takes a part for the whole message.
     */
    public int frameByteInside() {
        return FrameBytes.inside(plain.bytes, start, end);
    }

    /** Whether there are {@link #warnings()}; looks at the whole message, and needs no memory. */
    public boolean hasWarnings() {
        return warningBits() != 0;
    }

    private int warningBits() {
        return openingWarnings | index().warnings() | reading().text.warnings();
    }

    /** What was odd and tolerated (R12, R48 to R55). Looks at the whole message. */
    public Set<Warning> warnings() {
        int bits = warningBits();
        EnumSet<Warning> warnings = EnumSet.noneOf(Warning.class);
        for (Warning warning : Warning.values()) {
            if ((bits & warning.bit()) != 0) {
                warnings.add(warning);
            }
        }
        return Collections.unmodifiableSet(warnings);
    }

    /** Begins an edit; this message stays as it is. */
    public MessageEdit edit() {
        return new MessageEdit(this);
    }

    /**
     * HAPI's typed message: a view for structure and data types, made at most once. It is mutable
     * and not safe for several threads; changing it does not change this message. It takes some 70
     * times the message's length in memory, so it is never to be queued.
     *
     * @throws TypedMessageException with a code and a location, never content
     */
    public synchronized ca.uhn.hl7v2.model.Message typed() throws TypedMessageException {
        if (typed == null) {
            typed = TypedMessages.parse(this);
        }
        return typed;
    }

    /** Length, type and number of segments; no content. */
    @Override
    public String toString() {
        return type() + " message of " + length() + " bytes in " + segmentCount() + " segments";
    }

    /** MSH-9, unless what stands there is no type and so may be anything. */
    private String type() {
        String code = header().messageCode();
        String event = header().triggerEvent();
        if (!SegmentNames.isName(code)) {
            return "untyped";
        }
        return SegmentNames.isName(event) ? code + "^" + event : code;
    }

    Source source() {
        return reading().source;
    }

    MessageText messageText() {
        return reading().text;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    SegmentIndex index() {
        SegmentIndex known = index;
        if (known == null) {
            known = SegmentScan.index(reading().source, start, end);
            index = known;
        }
        return known;
    }

    String decode(int from, int to, boolean unescaped) {
        return reading().text.text(reading().source, from, to, unescaped);
    }

    private String decoded(long node) {
        if (node == FieldScanner.ABSENT) {
            return "";
        }
        return decode(FieldScanner.from(node), FieldScanner.to(node), true);
    }

    private long node(Source source, MessagePath path) {
        SegmentIndex segments = index();
        int position = segments.find(path.code(), path.occurrenceOrFirst());
        return position < 0
                ? FieldScanner.ABSENT
                : FieldScanner.node(source, segments.start(position), segments.end(position), path);
    }

    private Reading reading() {
        Reading known = reading;
        if (known == null) {
            known = Reading.of(this, plain, start, end);
            reading = known;
        }
        return known;
    }
}
