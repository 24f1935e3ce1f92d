package org.khokahano.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a path leads while parts of a message are walked over: in the innermost stretch first, then the
 * nearest around it, last in the whole message.
 */
final class Walk {
    private final EditedSegments segments;
    private final boolean building;
    private @Nullable Scope scope;
    private @Nullable Stretch focus;

    /** What is walked over, and which repetition of which of its fields; from the inner to the outer. */
    private record Scope(
            Stretch stretch,
            @Nullable MessagePath field,
            int repetition,
            @Nullable Scope outer) {}

    /** @param building whether what is not numbered means the last segment of its name, for writing */
    Walk(EditedSegments segments, boolean building) {
        this.segments = segments;
        this.building = building;
    }

    /** Where what is walked over begins. */
    int first() {
        Scope inner = scope;
        return inner == null ? 0 : inner.stretch.from();
    }

    /** Behind what is walked over. */
    int behind() {
        Scope inner = scope;
        return inner == null ? segments.size() : inner.stretch.to();
    }

    /** Whether anything less than the message is walked over. */
    boolean isInside() {
        return scope != null;
    }

    void enter(Stretch stretch) {
        scope = new Scope(stretch, null, 0, scope);
    }

    void enter(Stretch segment, MessagePath field, int repetition) {
        scope = new Scope(segment, field, repetition, scope);
    }

    void leave() {
        Scope inner = scope;
        if (inner == null) {
            throw new IllegalStateException("nothing is walked over");
        }
        scope = inner.outer;
    }

    /** What is not numbered and has this one's name means this one, for writing. */
    void focus(@Nullable Stretch segment) {
        focus = segment;
    }

    /** The stretches that are walked over and end there; what is added there belongs to them. */
    List<Stretch> endingAt(int end) {
        List<Stretch> ending = new ArrayList<>(2);
        for (Scope each = scope; each != null; each = each.outer) {
            if (each.stretch.to() == end && !ending.contains(each.stretch)) {
                ending.add(each.stretch);
            }
        }
        return ending;
    }

    /** The path with the repetition that is walked over, where it names its field and none. */
    MessagePath inScope(MessagePath path) {
        if (path.field() == 0 || path.repetition() != MessagePath.UNSAID || path.occurrence() != MessagePath.UNSAID) {
            return path;
        }
        for (Scope each = scope; each != null; each = each.outer) {
            MessagePath field = each.field;
            if (field != null && field.code() == path.code() && field.field() == path.field()) {
                return path.inRepetition(each.repetition);
            }
        }
        return path;
    }

    int position(MessagePath path) {
        return position(path.code(), path.occurrence());
    }

    /** Where the segment is that a path means from here, or -1. */
    int position(int code, int occurrence) {
        Scope inner = scope;
        if (inner == null) {
            return segments.find(code, Math.max(1, occurrence));
        }
        if (occurrence > 0) {
            int from = inner.stretch.from();
            int to = inner.stretch.to();
            return segments.countIn(from, to, code) == 0 ? segments.find(code, occurrence) : nth(code, occurrence);
        }
        int from = inner.stretch.from();
        int to = inner.stretch.to();
        int found = segments.firstIn(from, to, code);
        for (Scope outer = inner.outer; found < 0 && outer != null; outer = outer.outer) {
            found = nearest(outer.stretch.from(), from, to, outer.stretch.to(), code);
        }
        return found >= 0 ? found : nearest(0, from, to, segments.size(), code);
    }

    private int nearest(int least, int before, int after, int most, int code) {
        int found = segments.lastIn(least, before, code);
        return found >= 0 ? found : segments.firstIn(after, most, code);
    }

    private int nth(int code, int occurrence) {
        int at = first() - 1;
        for (int left = occurrence; left > 0; left--) {
            at = segments.firstIn(at + 1, behind(), code);
            if (at < 0) {
                return -1;
            }
        }
        return at;
    }

    /** As {@link #position(int, int)}, for writing: what is built is written to its last segment. */
    int writable(int code, int occurrence) {
        Stretch focused = focus;
        if (focused != null
                && occurrence == MessagePath.UNSAID
                && !focused.isEmpty()
                && segments.code(focused.from()) == code) {
            return focused.from();
        }
        return building && occurrence == MessagePath.UNSAID
                ? segments.lastIn(0, segments.size(), code)
                : position(code, occurrence);
    }

    /** The positions of the segments in which an edit of this path takes place. */
    int[] positions(MessagePath path) {
        if (path.occurrence() == MessagePath.EACH) {
            return inside(path.code());
        }
        int position = writable(path.code(), path.occurrence());
        return position < 0 ? new int[0] : new int[] {position};
    }

    int[] single(MessagePath path) {
        int position = position(path);
        return position < 0 ? new int[0] : new int[] {position};
    }

    int[] inside(int code) {
        return within(first(), behind(), code);
    }

    int[] everywhere(MessagePath path) {
        return path.occurrence() > 0 || scope == null ? new int[0] : within(0, segments.size(), path.code());
    }

    private int[] within(int from, int to, int code) {
        int[] positions = new int[segments.countIn(from, to, code)];
        int at = from - 1;
        for (int i = 0; i < positions.length; i++) {
            at = segments.firstIn(at + 1, to, code);
            positions[i] = at;
        }
        return positions;
    }
}
