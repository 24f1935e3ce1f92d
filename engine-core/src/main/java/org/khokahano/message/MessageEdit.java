package org.khokahano.message;

/**
 * Edits of one message, in the order given; {@link #apply} makes the new message, in which every
 * byte that no edit named is the byte that came. It is a {@link Draft} whose calls are chained; what
 * paths mean stands there. Not for use by several threads.
 */
public final class MessageEdit {
    private final Draft draft;

    MessageEdit(Message message) {
        this.draft = Draft.of(message);
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
        draft.set(path, value);
        return this;
    }

    /** As {@link #setRaw(MessagePath, byte[])}, with text in the message's character set. */
    public MessageEdit setRaw(String path, String raw) {
        draft.setText(PathCache.SHARED.path(path), raw);
        return this;
    }

    /**
     * Writes bytes as they are, their delimiters in force. They may hold the delimiters that belong
     * inside the place and no others: no field separator in a field.
     */
    public MessageEdit setRaw(MessagePath path, byte[] raw) {
        draft.setRaw(path, raw.clone());
        return this;
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
        draft.copy(draft, from, to);
        return this;
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
        draft.remove(path);
        return this;
    }

    /** Adds a segment, written in the message's delimiters, after the last one. */
    public MessageEdit append(String rawSegment) {
        draft.append(rawSegment);
        return this;
    }

    /**
     * Adds a segment, written in the message's delimiters, after the one that the path names.
     *
     * @throws IllegalArgumentException where there is no such segment
     */
    public MessageEdit insertAfter(MessagePath segment, String rawSegment) {
        draft.insertAfter(segment, rawSegment);
        return this;
    }

    /** The edited message; the same message where nothing changed. */
    public Message apply() {
        return draft.toMessage();
    }
}
