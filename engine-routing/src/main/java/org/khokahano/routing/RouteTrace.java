package org.khokahano.routing;

import java.util.List;

/**
 * What one route does with a message, and why.
 *
 * @param route the route's name
 * @param verdict whether it takes the message
 * @param why in words, without content of the message
 * @param destinations where it sends the message; empty unless it takes it or holds it
 */
public record RouteTrace(String route, Verdict verdict, String why, List<String> destinations) {

    public RouteTrace {
        destinations = List.copyOf(destinations);
    }

    /** What a route says to a message. */
    public enum Verdict {
        /** It takes it. */
        MATCHED,
        /** It does not look at messages of this listener. */
        OTHER_LISTENER,
        /** Its condition is not fulfilled. */
        NOT_MATCHED,
        /** Its condition could not be evaluated; its deliveries are held. */
        FAILED
    }
}
