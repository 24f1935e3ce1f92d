package org.khokahano.message;

import org.jspecify.annotations.Nullable;

/**
 * Compiled paths by their text, so that {@code get("PID-3.1")} compiles once. A fixed table: a path
 * that falls on a taken slot replaces the other, so it never grows and never locks. Paths are
 * immutable, so a race costs one more compile and nothing else; that is why this table may be shared
 * by the whole process.
 */
final class PathCache {
    static final PathCache SHARED = new PathCache(1024);

    private final @Nullable MessagePath[] slots;

    /** A cache of that many paths, a power of two. */
    PathCache(int size) {
        this.slots = new @Nullable MessagePath[size];
    }

    MessagePath path(String text) {
        int hash = text.hashCode();
        int slot = (hash ^ (hash >>> 16)) & (slots.length - 1);
        MessagePath cached = slots[slot];
        if (cached != null && cached.toString().equals(text)) {
            return cached;
        }
        MessagePath compiled = MessagePath.parse(text);
        slots[slot] = compiled;
        return compiled;
    }
}
