package org.khokahano.message;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.message.EditedSegments.Body;

/**
 * A message while it is edited: reads see what was written before, and nothing is joined or looked
 * through again until {@link #toMessage}. Every byte that no edit named is the byte that came.
 *
 * <p>A path names the whole of a place: writing {@code PID-3} replaces the field with all its
 * repetitions and components, {@code PID-3[2]} one repetition, {@code PID-3.4} one component of the
 * first. {@code [*]} does it in each that exists. What is missing is made, with as few delimiters as
 * it needs. MSH-1 and MSH-2 are what everything else is written in, and cannot be edited.
 *
 * <p>While a {@link Stretch} is walked over, a segment that a path does not number is looked for in it,
 * then in what is walked over around it, the nearest before first, and last in the whole message. One
 * that is numbered counts within the stretch where it holds any, else in the message. Used by one thread.
 */
public final class Draft implements MessageView {
    /** How many missing segments one edit may make. */
    private static final int MAX_MADE = 1000;

    private static final int CHARACTER_SET = 18;

    private final Message message;
    private final EditedSegments segments;
    private final SegmentWriter writer;
    private final boolean building;
    private final Walk walk;
    private boolean changed;
    private boolean characterSetEdited;

    Draft(Message message, boolean building) {
        this.message = message;
        this.writer = new SegmentWriter(message);
        this.segments = new EditedSegments(message);
        this.building = building;
        this.walk = new Walk(segments, building);
    }

    /** Begins to edit a message, which stays as it is. */
    public static Draft of(Message message) {
        return new Draft(message, false);
    }

    /**
     * Begins a message that is built segment by segment: where a path does not number a segment, the
     * last of that name is written, which is the one that was added last.
     */
    public static Draft building(Message beginning) {
        return new Draft(beginning, true);
    }

    @Override
    public String get(MessagePath path) {
        MessagePath place = walk.inScope(path);
        int position = walk.position(place);
        if (position < 0) {
            return "";
        }
        Body body = segments.get(position);
        return decoded(body.source(), FieldScanner.value(body.source(), node(body, place), place));
    }

    /** The whole of what the path names as text, decoded and unescaped, delimiters still in it. */
    public String text(MessagePath path) {
        MessagePath place = walk.inScope(path);
        int position = walk.position(place);
        if (position < 0) {
            return "";
        }
        Body body = segments.get(position);
        return decoded(body.source(), node(body, place));
    }

    /** As {@link #text}, of a place as {@link #placeOf} numbered it, whatever is walked over. */
    public String textAt(MessagePath place) {
        int position = segments.find(place.code(), Math.max(1, place.occurrence()));
        if (position < 0) {
            return "";
        }
        Body body = segments.get(position);
        return decoded(body.source(), node(body, place));
    }

    /** The bytes of what the path names, as edited so far; empty where there is no such place. */
    public byte[] raw(MessagePath path) {
        MessagePath place = walk.inScope(path);
        int position = walk.position(place);
        if (position < 0) {
            return new byte[0];
        }
        Body body = segments.get(position);
        long node = node(body, place);
        return node == FieldScanner.ABSENT
                ? new byte[0]
                : Arrays.copyOfRange(body.source().bytes, FieldScanner.from(node), FieldScanner.to(node));
    }

    @Override
    public Presence presence(MessagePath path) {
        MessagePath place = walk.inScope(path);
        int position = walk.position(place);
        if (position < 0) {
            return Presence.ABSENT;
        }
        Body body = segments.get(position);
        return FieldScanner.presence(body.source(), node(body, place));
    }

    @Override
    public List<String> all(MessagePath path) {
        MessagePath place = walk.inScope(path);
        List<String> values = new ArrayList<>();
        int[] positions = place.occurrence() > 0 ? walk.single(place) : walk.inside(place.code());
        for (int position : positions.length > 0 ? positions : walk.everywhere(place)) {
            Body body = segments.get(position);
            Source source = body.source();
            FieldScanner.eachValue(source, body.from(), body.to(), place, node -> {
                if (FieldScanner.presence(source, node).holdsSomething()) {
                    values.add(decoded(source, node));
                }
            });
        }
        return values;
    }

    /** How many segments of that name there are in what is walked over. */
    @Override
    public int count(String segmentName) {
        return SegmentNames.isName(segmentName)
                ? segments.countIn(first(), behind(), SegmentNames.code(segmentName))
                : 0;
    }

    @Override
    public int repetitions(MessagePath path) {
        MessagePath place = walk.inScope(path);
        int position = walk.position(place);
        if (position < 0 || place.field() == 0) {
            return 0;
        }
        Body body = segments.get(position);
        return FieldScanner.repetitions(body.source(), body.from(), body.to(), place);
    }

    /** The names of all segments in their order; {@link Message#UNNAMED_SEGMENT} for other lines. */
    @Override
    public List<String> segmentNames() {
        return new AbstractList<>() {
            @Override
            public String get(int position) {
                return SegmentNames.text(segments.code(position));
            }

            @Override
            public int size() {
                return segments.size();
            }
        };
    }

    @Override
    public String structure() {
        return MessageStructures.of(this);
    }

    /** How many bytes its segments have. */
    public long length() {
        return segments.length();
    }

    /** How many segments it has. */
    public int segmentCount() {
        return segments.size();
    }

    /** Whether anything was edited. */
    public boolean isChanged() {
        return changed;
    }

    /** The stretches of one segment each with that name, in what is walked over; followed from now on. */
    public List<Stretch> stretches(String segmentName) {
        List<Stretch> found = new ArrayList<>();
        int code = SegmentNames.code(segmentName);
        for (int at = first(); at < behind(); at++) {
            if (segments.code(at) == code) {
                found.add(stretch(at, at + 1));
            }
        }
        return found;
    }

    /** The segments at the positions in [from, to), followed from now on. */
    public Stretch stretch(int from, int to) {
        Stretch stretch = new Stretch(from, to);
        segments.follow(stretch);
        return stretch;
    }

    /** The segment that the path finds from here, followed from now on; null where there is none. */
    public @Nullable Stretch stretch(MessagePath path) {
        int position = walk.position(path);
        return position < 0 ? null : stretch(position, position + 1);
    }

    /** Where what is walked over begins: the position of its first segment. */
    public int first() {
        return walk.first();
    }

    /** The position behind the last segment of what is walked over. */
    public int behind() {
        return walk.behind();
    }

    /** How many stretches are followed; for {@link #release}. */
    public int followed() {
        return segments.followed();
    }

    /** Follows no stretch any more but the first so many. */
    public void release(int kept) {
        segments.release(kept);
    }

    /** Begins to walk over a stretch. */
    public void enter(Stretch stretch) {
        walk.enter(stretch);
    }

    /** Begins to walk over a repetition of a field: what names the field means this repetition. */
    public void enter(Stretch segment, MessagePath field, int repetition) {
        walk.enter(segment, field, repetition);
    }

    /** Ends the walk over what was entered last. */
    public void leave() {
        walk.leave();
    }

    /** Writes a value, escaped; {@code ""} in quotes is HL7's null, and "" empties the place. */
    public void set(MessagePath path, String value) {
        setRaw(path, writer.escaped(value));
    }

    /**
     * Writes bytes as they are, their delimiters in force. They may hold the delimiters that belong
     * inside the place and no others: no field separator in a field. They become the message's own.
     *
     * @throws IllegalArgumentException where the path names a segment, MSH-1 or MSH-2
     */
    public void setRaw(MessagePath path, byte[] value) {
        MessagePath place = walk.inScope(path);
        refuseDelimiters(place);
        if (place.field() == 0) {
            throw new IllegalArgumentException(place + " names a whole segment; name a field, such as " + place + "-1");
        }
        writer.check(value, place);
        noteCharacterSet(place);
        if (value.length > 0) {
            makeMissing(place);
        }
        for (int position : walk.positions(place)) {
            change(position, writer.with(segments.get(position), place, value));
        }
    }

    /** As {@link #setRaw}, with text in the message's character set. */
    public void setText(MessagePath path, String raw) {
        setRaw(path, message.messageText().encode(raw));
    }

    /**
     * Copies a place of this or of another draft that is written in the same delimiters, as it stands,
     * escapes and all. What becomes part of a smaller place changes its delimiters: the components of a
     * field become the subcomponents of a component; what does not fit any more is written escaped.
     */
    public void copy(Draft source, MessagePath from, MessagePath to) {
        if (FieldScanner.isDelimiters(from.code(), from.field())) {
            set(to, source.get(from));
        } else {
            setRaw(to, writer.fitted(source.raw(from), source.walk.inScope(from), walk.inScope(to)));
        }
    }

    /**
     * Removes a segment, or a repetition, or empties a field or component so that what follows keeps
     * its number. A segment without {@code [n]} is the first; {@code [*]} removes each. What is not
     * there is left so.
     */
    public void remove(MessagePath path) {
        MessagePath place = walk.inScope(path);
        refuseDelimiters(place);
        if (place.field() == 0 && place.code() == SegmentNames.MSH) {
            throw new IllegalArgumentException("MSH cannot be removed from a message");
        }
        int[] positions = walk.positions(place);
        if (place.field() == 0) {
            if (positions.length > 0) {
                segments.remove(positions);
                changed = true;
            }
            return;
        }
        noteCharacterSet(place);
        for (int position : positions) {
            change(position, writer.without(segments.get(position), place));
        }
    }

    /**
     * Adds a segment, written in the message's delimiters, after the last one of what is walked over.
     *
     * @return its position
     */
    public int append(String rawSegment) {
        return append(writer.segment(rawSegment));
    }

    /** As {@link #append}, with the segments of another draft that the path names, as they stand there. */
    public void append(Draft source, MessagePath segment) {
        for (int position : source.walk.positions(segment)) {
            append(writer.segment(source.segments.get(position).copy()));
        }
    }

    private int append(Body body) {
        return insert((building ? segments.size() : behind()) - 1, body);
    }

    /**
     * Adds a segment, written in the message's delimiters, after the one that the path names.
     *
     * @return its position
     * @throws IllegalArgumentException where there is no such segment
     */
    public int insertAfter(MessagePath segment, String rawSegment) {
        int position = walk.writable(segment.code(), segment.occurrence());
        if (position < 0) {
            throw new IllegalArgumentException("there is no " + segment + " to insert after");
        }
        return insert(position, writer.segment(rawSegment));
    }

    private int insert(int after, Body body) {
        List<Stretch> ending = walk.endingAt(after + 1);
        segments.insertAfter(after, body);
        ending.forEach(Stretch::grow);
        changed = true;
        return after + 1;
    }

    /** Until told otherwise, what is written to a segment of this one's name is written to this one. */
    public void focus(@Nullable Stretch segment) {
        walk.focus(segment);
    }

    /** The place that a path means from here, with the number that its segment has in the message now. */
    public MessagePath placeOf(MessagePath path) {
        MessagePath place = walk.inScope(path);
        int position = place.occurrence() == MessagePath.EACH ? -1 : walk.writable(place.code(), place.occurrence());
        return position < 0 ? place : place.inOccurrence(segments.countIn(0, position + 1, place.code()));
    }

    private void noteCharacterSet(MessagePath place) {
        characterSetEdited |= place.code() == SegmentNames.MSH && place.field() == CHARACTER_SET;
    }

    /**
     * The message as edited; the same message where nothing changed.
     *
     * @throws IllegalArgumentException where the header would be read in another character set than before,
     *     though none was written to MSH-18: other fields than those that were edited would change
     */
    public Message toMessage() {
        return changed ? read(segments.join()) : message;
    }

    /** A message of those segments only that are wanted, by their positions; MSH is always in it. */
    public Message toMessage(boolean[] wanted) {
        wanted[0] = true;
        return read(segments.join(wanted));
    }

    private Message read(byte[] edited) {
        Message read;
        try {
            read = Message.read(edited);
        } catch (UnreadableMessageException impossible) {
            throw new IllegalStateException("an edit broke the header", impossible);
        }
        boolean ambiguous = !hasAsciiHeader(message) || !hasAsciiHeader(read);
        if (ambiguous
                && !characterSetEdited
                && read.messageText().shape() != message.messageText().shape()) {
            throw new IllegalArgumentException(
                    "the edit leaves a header in which MSH-18 cannot be told from a character"
                            + " before it that holds a separator; write MSH-18 too, or keep the header to ASCII");
        }
        return read;
    }

    private static boolean hasAsciiHeader(Message message) {
        byte[] bytes = message.bytes();
        int end = ByteSearch.indexOfLineEnd(bytes, message.start(), message.end());
        return ByteSearch.isAscii(bytes, message.start(), end);
    }

    private void makeMissing(MessagePath path) {
        if (path.occurrence() == MessagePath.EACH || walk.writable(path.code(), path.occurrence()) >= 0) {
            return;
        }
        int wanted = path.occurrenceOrFirst();
        int present = segments.countIn(first(), behind(), path.code());
        if (present == 0 && walk.isInside()) {
            present = segments.count(path.code());
        }
        if (wanted - present > MAX_MADE) {
            throw new IllegalArgumentException(path + " is more than " + MAX_MADE + " segments past the last "
                    + path.segment() + " of the message");
        }
        for (int made = present; made < wanted; made++) {
            Body body = writer.segment(path.segment());
            int last = made == 0 ? -1 : segments.lastIn(0, segments.size(), path.code());
            if (last < 0) {
                append(body);
            } else {
                insert(last, body);
            }
        }
    }

    private void change(int position, byte[] content) {
        if (!segments.get(position).holds(content)) {
            segments.replace(position, writer.body(content));
            changed = true;
        }
    }

    private static long node(Body body, MessagePath path) {
        return FieldScanner.node(body.source(), body.from(), body.to(), path);
    }

    private String decoded(Source source, long node) {
        return node == FieldScanner.ABSENT
                ? ""
                : message.messageText().text(source, FieldScanner.from(node), FieldScanner.to(node), true);
    }

    private static void refuseDelimiters(MessagePath path) {
        if (FieldScanner.isDelimiters(path.code(), path.field())) {
            throw new IllegalArgumentException(
                    path + " holds the delimiters that the message is written in and cannot be edited");
        }
    }
}
