package org.khokahano.accept;

import java.util.concurrent.atomic.AtomicLong;
import org.khokahano.loop.EngineClock;

/** MSH-10 of answers to what has no id in the store: unique among this engine's answers, and within 20 characters. */
final class AnswerIds {

    /** Four characters. */
    private static final int NAMES = 36 * 36 * 36 * 36;

    private final String prefix;
    private final AtomicLong last = new AtomicLong();

    /** @param kind one letter for the kind of answers; listeners that start in the same millisecond differ by name */
    AnswerIds(char kind, String listener, EngineClock clock) {
        String name = Integer.toString(Math.floorMod(listener.hashCode(), NAMES), Character.MAX_RADIX);
        this.prefix = kind + Long.toString(clock.wallMillis(), Character.MAX_RADIX) + name + '.';
    }

    String next() {
        return prefix + Long.toString(last.incrementAndGet(), Character.MAX_RADIX);
    }

    /** Whether it is one of these, as far as anybody can tell. */
    boolean hasGiven(String id) {
        return id.startsWith(prefix);
    }
}
