package org.khokahano.conformance.rule;

import java.util.ArrayList;
import java.util.List;
import org.khokahano.message.Message;
import org.khokahano.message.MessageBytes;
import org.khokahano.message.MessagePath;
import org.khokahano.message.MessageView;
import org.khokahano.message.Presence;
import org.khokahano.validation.Place;

/**
 * A message as it is seen from one place in it: a stretch of segments, and in it maybe one repetition of
 * a field. A path without an occurrence means what stands there; where there is no such segment, the
 * nearest one before it, else the first of the message. Of one thread.
 */
public final class PlaceView implements MessageView {
    private final Message message;
    private final MessageBytes bytes;
    private final int first;
    private final int end;

    private int segment = -1;
    private int field;
    private int from;
    private int to;

    /** Sees the message from the segments at the positions in [first, end). */
    public PlaceView(Message message, MessageBytes bytes, int first, int end) {
        this.message = message;
        this.bytes = bytes;
        this.first = first;
        this.end = end;
    }

    /** Sees it from the repetition between these offsets, of a field of its first segment. */
    public PlaceView inRepetition(int number, int start, int limit) {
        segment = bytes.code(first);
        field = number;
        from = start;
        to = limit;
        return this;
    }

    @Override
    public String get(MessagePath path) {
        if (path.occurrence() > 0) {
            return message.get(path);
        }
        if (isHere(path)) {
            return bytes.valueInRepetition(from, to, path);
        }
        int position = position(MessageBytes.codeOf(path));
        return position < 0 ? "" : bytes.value(position, path);
    }

    private boolean isHere(MessagePath path) {
        return field > 0
                && path.field() == field
                && path.repetition() == MessagePath.UNSAID
                && MessageBytes.codeOf(path) == segment;
    }

    @Override
    public List<String> all(MessagePath path) {
        if (path.occurrence() > 0) {
            return message.all(path);
        }
        List<String> values = new ArrayList<>();
        int code = MessageBytes.codeOf(path);
        if (isHere(path)) {
            String value = bytes.valueInRepetition(from, to, path);
            return value.isEmpty() ? List.of() : List.of(value);
        }
        boolean found = false;
        for (int position = first; position < end; position++) {
            if (bytes.code(position) == code) {
                found = true;
                bytes.addValues(position, path, values);
            }
        }
        int outside = found ? -1 : position(code);
        if (outside >= 0) {
            bytes.addValues(outside, path, values);
        }
        return values;
    }

    @Override
    public Presence presence(MessagePath path) {
        if (path.occurrence() > 0) {
            return message.presence(path);
        }
        int position = position(MessageBytes.codeOf(path));
        return position < 0 ? Presence.ABSENT : bytes.presence(position, path);
    }

    /** Within what it is seen from. */
    @Override
    public int count(String segmentName) {
        int code = MessageBytes.codeOf(segmentName);
        int count = 0;
        for (int position = first; position < end; position++) {
            count += bytes.code(position) == code ? 1 : 0;
        }
        return count;
    }

    @Override
    public int repetitions(MessagePath path) {
        if (path.occurrence() > 0) {
            return message.repetitions(path);
        }
        int position = position(MessageBytes.codeOf(path));
        return position < 0 ? 0 : bytes.repetitions(position, path);
    }

    @Override
    public List<String> segmentNames() {
        return message.segmentNames();
    }

    @Override
    public String structure() {
        return message.structure();
    }

    /** Where the path leads from here, for a finding. */
    public Place place(MessagePath path) {
        int code = MessageBytes.codeOf(path);
        int occurrence = path.occurrence();
        if (occurrence <= 0) {
            int position = position(code);
            occurrence = position < 0 ? 1 : bytes.countBefore(code, position) + 1;
        }
        int repetition = Math.max(0, path.repetition());
        return new Place(path.segment(), occurrence, path.field(), repetition, path.component(), path.subcomponent());
    }

    private int position(int code) {
        for (int position = first; position < end; position++) {
            if (bytes.code(position) == code) {
                return position;
            }
        }
        int before = bytes.lastBefore(code, first);
        return before >= 0 ? before : bytes.find(code, 1);
    }
}
