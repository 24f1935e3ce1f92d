package org.khokahano.loop;

/**
 * Time, in two kinds that must not be mixed. Wall time is for people and for the wire; every
 * time-out, back-off and order uses monotonic time, which no clock change can touch (P7).
 */
public interface EngineClock {

    /** Wall time in milliseconds since 1970-01-01T00:00Z; may jump in both directions. */
    long wallMillis();

    /** Monotonic time in nanoseconds from an arbitrary origin. */
    long nanoTime();

    /** The clocks of this machine. */
    static EngineClock system() {
        return new EngineClock() {
            @Override
            public long wallMillis() {
                return System.currentTimeMillis();
            }

            @Override
            public long nanoTime() {
                return System.nanoTime();
            }
        };
    }
}
