package org.khokahano.message;

import java.util.List;

/**
 * What can be asked of a message, as it came or while it is edited. Whoever reads values through this
 * sees what was written before, edits included.
 */
public interface MessageView {

    /**
     * The value at the path, decoded and unescaped: "" where it is empty or absent, and two quote
     * characters where it is HL7's null.
     */
    String get(MessagePath path);

    /** Every value at the path, in order; empty places are left out, HL7's null is not. */
    List<String> all(MessagePath path);

    /** What stands at the path: the whole of what it names, not only its first component. */
    Presence presence(MessagePath path);

    /** How many segments of that name there are. */
    int count(String segmentName);

    /** How many repetitions the path's field has; 0 where it is absent or empty. */
    int repetitions(MessagePath path);

    /** The names of the segments in their order; {@link Message#UNNAMED_SEGMENT} for other lines. */
    List<String> segmentNames();

    /** The message structure, as in ADT_A01 (see {@link Message#structure()}). */
    String structure();
}
