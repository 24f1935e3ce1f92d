package org.khokahano.message;

/**
 * Edits of one message, in the order given; {@link #apply} makes the new message, in which every
 * byte that no edit named is the byte that came. Not for use by several threads.
 *
 * <p>A path names the whole of a place: setting {@code PID-3} replaces the field with all its
 * repetitions and components, {@code PID-3[2]} one repetition, {@code PID-3.4} one component of the
 * first. {@code [*]} does it in each that exists. What is missing is made, with as few delimiters as
 * it needs. MSH-1 and MSH-2 are what everything else is written in, and cannot be edited.
 */
public final class MessageEdit {
    /** How many missing segments or repetitions one edit may make. */
    private static final int MAX_MADE = 1000;

    private final Message message;
    private final EditedSegments segments;
    private final SegmentWriter writer;
    private boolean changed;

    MessageEdit(Message message) {
        this.message = message;
        this.writer = new SegmentWriter(message);
        this.segments = new EditedSegments(message);
    }

    /** Writes a value, escaped; {@code ""} in quotes is HL7's null, and "" empties the place. */
    public MessageEdit set(String path, String value) {
        return set(PathCache.SHARED.path(path), value);
    }

    /**
     * As {@link #set(String, String)}.
     *
     * @throws UnencodableTextException where the message's character set lacks a character of it
     * @throws IllegalArgumentException where the path names a segment, MSH-1 or MSH-2
     */
    public MessageEdit set(MessagePath path, String value) {
        return write(path, writer.escaped(value));
    }

    /** As {@link #setRaw(MessagePath, byte[])}, with text in the message's character set. */
    public MessageEdit setRaw(String path, String raw) {
        return setRaw(PathCache.SHARED.path(path), message.messageText().encode(raw));
    }

    /**
     * Writes bytes as they are, their delimiters in force. They may hold the delimiters that belong
     * inside the place and no others: no field separator in a field.
     */
    public MessageEdit setRaw(MessagePath path, byte[] raw) {
        return write(path, raw.clone());
    }

    /** Writes HL7's null: the receiver is told to delete its value (2.5.3). */
    public MessageEdit setNull(String path) {
        return set(path, "\"\"");
    }

    /**
     * Copies a place as it stands, escapes and all. What becomes part of a smaller place changes its
     * delimiters: the components of a field become the subcomponents of a component; what does not
     * fit any more is written escaped.
     */
    public MessageEdit copy(MessagePath from, MessagePath to) {
        return FieldScanner.isDelimiters(from.code(), from.field())
                ? set(to, message.get(from))
                : write(to, writer.fitted(segments.raw(from), from, to));
    }

    /** As {@link #remove(MessagePath)}. */
    public MessageEdit remove(String path) {
        return remove(PathCache.SHARED.path(path));
    }

    /**
     * Removes a segment, or a repetition, or empties a field or component so that what follows keeps
     * its number. A segment without {@code [n]} is the first; {@code [*]} removes each. What is not
     * there is left so.
     */
    public MessageEdit remove(MessagePath path) {
        refuseDelimiters(path);
        if (path.field() == 0) {
            if (path.code() == SegmentNames.MSH) {
                throw new IllegalArgumentException("MSH cannot be removed from a message");
            }
            changed |= segments.remove(path.code(), path.occurrence());
            return this;
        }
        for (int position : segments.positions(path)) {
            change(position, writer.without(segments.get(position), path));
        }
        return this;
    }

    /** Adds a segment, written in the message's delimiters, after the last one. */
    public MessageEdit append(String rawSegment) {
        segments.insertAfter(segments.size() - 1, writer.segment(rawSegment));
        changed = true;
        return this;
    }

    /**
     * Adds a segment, written in the message's delimiters, after the one that the path names.
     *
     * @throws IllegalArgumentException where there is no such segment
     */
    public MessageEdit insertAfter(MessagePath segment, String rawSegment) {
        int position = segments.find(segment.code(), segment.occurrenceOrFirst());
        if (position < 0) {
            throw new IllegalArgumentException("there is no " + segment + " to insert after");
        }
        segments.insertAfter(position, writer.segment(rawSegment));
        changed = true;
        return this;
    }

    /** The edited message; the same message where nothing changed. */
    public Message apply() {
        if (!changed) {
            return message;
        }
        byte[] edited = segments.join();
        try {
            return message.source().width == 1 ? Message.read(edited) : Message.readUtf16(edited);
        } catch (UnreadableMessageException impossible) {
            throw new IllegalStateException("an edit broke the header", impossible);
        }
    }

    private MessageEdit write(MessagePath path, byte[] value) {
        refuseDelimiters(path);
        if (path.field() == 0) {
            throw new IllegalArgumentException(path + " names a whole segment; name a field, such as " + path + "-1");
        }
        writer.check(value, path);
        if (value.length > 0) {
            makeMissing(path);
        }
        for (int position : segments.positions(path)) {
            change(position, writer.with(segments.get(position), path, value));
        }
        return this;
    }

    private void makeMissing(MessagePath path) {
        if (path.occurrence() == MessagePath.EACH) {
            return;
        }
        int wanted = path.occurrenceOrFirst();
        if (segments.find(path.code(), wanted) >= 0) {
            return;
        }
        int present = segments.count(path.code());
        if (wanted - present > MAX_MADE) {
            throw new IllegalArgumentException(path + " is more than " + MAX_MADE + " segments past the last "
                    + path.segment() + " of the message");
        }
        for (int made = present; made < wanted; made++) {
            int last = made == 0 ? segments.size() - 1 : segments.find(path.code(), made);
            segments.insertAfter(last, writer.segment(path.segment()));
            changed = true;
        }
    }

    private void change(int position, byte[] content) {
        if (!segments.get(position).holds(content)) {
            segments.replace(position, writer.body(content));
            changed = true;
        }
    }

    private static void refuseDelimiters(MessagePath path) {
        if (FieldScanner.isDelimiters(path.code(), path.field())) {
            throw new IllegalArgumentException(
                    path + " holds the delimiters that the message is" + " written in and cannot be edited");
        }
    }
}
