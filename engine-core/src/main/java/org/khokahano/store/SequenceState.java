package org.khokahano.store;

import org.jspecify.annotations.Nullable;

/**
 * Where a stream of numbered messages stands (2.10.1).
 *
 * @param number at a listener the number accepted last, or {@link #ADOPT_NEXT}; at a destination the
 *     number given last
 * @param deliveryId the delivery that the number was given to; 0 where none has it, and at listeners
 * @param status what is known about the number
 * @param atMillis wall time of the last change
 */
public record SequenceState(SequenceLink link, long number, long deliveryId, Status status, long atMillis) {

    /** The number that forces resynchronisation: the next positive number is adopted (R35). */
    public static final long ADOPT_NEXT = -1;

    /** What is known about a number; the codes are what the store's file holds. */
    public enum Status {
        /** Given to a delivery whose end is not known. */
        OPEN(2),
        /** Accepted. */
        SETTLED(3),
        /** Set by an operator: the partner is asked what it expects before the next message. */
        START(4),
        /** Set by an operator: the partner is told to adopt the next number. */
        RESYNCHRONISE(5);

        private final int code;

        Status(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }

        public static Status ofCode(int code) {
            for (Status status : values()) {
                if (status.code == code) {
                    return status;
                }
            }
            throw new IllegalArgumentException("no status of a sequence number has the code " + code);
        }
    }

    /** A listener's number after it has accepted one. */
    public static SequenceState accepted(SequenceLink link, long number, long atMillis) {
        return new SequenceState(link, number, 0, Status.SETTLED, atMillis);
    }

    /** What comes next: -1 where that is whatever is sent first. */
    public static long expected(@Nullable SequenceState state) {
        return state == null || state.number == ADOPT_NEXT ? ADOPT_NEXT : state.number + 1;
    }
}
