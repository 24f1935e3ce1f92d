package org.khokahano.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.expression.ConditionTrace;
import org.khokahano.validation.Judgement;

/**
 * What one route does with a message, and why.
 *
 * @param route the route's name
 * @param verdict whether it takes the message
 * @param why in words, without content of the message
 * @param destinations where it sends the message; empty unless it takes it or holds it
 * @param asked its condition and filters as they came out, with what they read; that is content and shown
 *     only to whoever asks for it
 * @param judgement what its validation says of the message; null where it does not validate or does not
 *     take the message
 */
public record RouteTrace(
        String route,
        Verdict verdict,
        String why,
        List<String> destinations,
        List<Asked> asked,
        @Nullable Judgement judgement) {

    public RouteTrace {
        destinations = List.copyOf(destinations);
        asked = List.copyOf(asked);
    }

    /** What a route says that was not asked for its validation. */
    RouteTrace(String route, Verdict verdict, String why, List<String> destinations, List<Asked> asked) {
        this(route, verdict, why, destinations, asked, null);
    }

    /** Whether the message is the route's, be its deliveries held or not. */
    public boolean isTaken() {
        return verdict == Verdict.MATCHED || verdict == Verdict.FAILED || verdict == Verdict.INVALID;
    }

    /**
     * A condition that was asked.
     *
     * @param filter the filter's name; empty for the route's own condition
     */
    public record Asked(String filter, ConditionTrace trace) {}

    /** What a route says to a message. */
    public enum Verdict {
        /** It takes it. */
        MATCHED,
        /** It does not look at messages of this listener. */
        OTHER_LISTENER,
        /** Its condition is not fulfilled. */
        NOT_MATCHED,
        /** A filter keeps the message off it. */
        FILTERED,
        /** Another route took the message, and this one would come after it. */
        NOT_NEEDED,
        /** A condition could not be evaluated; its deliveries are held. */
        FAILED,
        /** It would take it; its validation holds its deliveries. */
        INVALID
    }
}
