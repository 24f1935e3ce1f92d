package org.khokahano.sequence;

import org.jspecify.annotations.Nullable;
import org.khokahano.store.SequenceChange;
import org.khokahano.store.SequenceLink;
import org.khokahano.store.SequenceState;
import org.khokahano.store.SequenceState.Status;

/**
 * Which number a delivery gets, as changes of the durable state. A number is given to one delivery: to
 * another one only where the partner is known not to have accepted it.
 */
final class SequenceSteps {

    private final SequenceLink link;
    private final long first;
    private final boolean unasked;

    /** @param unasked whether the partner is never asked, so that what an operator sets counts at once */
    SequenceSteps(SequenceLink link, long first, boolean unasked) {
        this.link = link;
        this.first = first;
        this.unasked = unasked;
    }

    /**
     * Gives a delivery its number where that can be told without asking the partner.
     *
     * @param refused a number that the partner did not accept, for certain; 0 where there is none
     * @param accepted a number that it did accept, for certain; 0 where there is none
     */
    SequenceChange take(long delivery, long refused, long accepted, long atMillis) {
        return before -> {
            if (before == null) {
                return open(first, delivery, atMillis);
            }
            if (before.deliveryId() == delivery) {
                return before;
            }
            return switch (before.status()) {
                case RESYNCHRONISE -> before;
                case START -> unasked ? open(before.number() + 1, delivery, atMillis) : before;
                case SETTLED -> open(before.number() + 1, delivery, atMillis);
                case OPEN -> {
                    if (before.number() == refused) {
                        yield open(before.number(), delivery, atMillis);
                    }
                    yield before.number() == accepted ? open(before.number() + 1, delivery, atMillis) : before;
                }
            };
        };
    }

    /**
     * Gives a delivery its number by what the partner expects; leaves the state where that does not fit.
     *
     * @param expected positive, or -1 where the partner takes any number
     */
    SequenceChange resolve(long delivery, long expected, long atMillis) {
        return before -> {
            if (before == null) {
                // Whoever was numbering this link before left off there.
                return open(expected == SequenceState.ADOPT_NEXT ? first : expected, delivery, atMillis);
            }
            long number = fitting(before, delivery, expected);
            return number == 0 ? before : open(number, delivery, atMillis);
        };
    }

    /** The number for the delivery; 0 where the partner's number fits none that it could have. */
    private static long fitting(SequenceState before, long delivery, long expected) {
        long last = before.number();
        boolean any = expected == SequenceState.ADOPT_NEXT;
        boolean own = before.deliveryId() == delivery;
        if (own) {
            return any || expected == last ? last : 0;
        }
        if (before.status() == Status.OPEN && (any || expected == last)) {
            // What had the number was given up, and has not reached the partner.
            return last;
        }
        return any || expected == last + 1 ? last + 1 : 0;
    }

    /** Takes back the number of a delivery that the partner has not accepted, for certain. */
    SequenceChange giveBack(long delivery, long number, long atMillis) {
        return before -> before != null
                        && before.deliveryId() == delivery
                        && before.number() == number
                        && before.status() == Status.OPEN
                ? new SequenceState(link, number - 1, 0, Status.SETTLED, atMillis)
                : before;
    }

    private SequenceState open(long number, long delivery, long atMillis) {
        return new SequenceState(link, number, delivery, Status.OPEN, atMillis);
    }

    /** Whether the delivery has its number now. */
    static boolean isGiven(@Nullable SequenceState state, long delivery) {
        return state != null
                && state.deliveryId() == delivery
                && (state.status() == Status.OPEN || state.status() == Status.SETTLED);
    }
}
