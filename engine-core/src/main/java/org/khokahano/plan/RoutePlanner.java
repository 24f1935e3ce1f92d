package org.khokahano.plan;

import org.khokahano.message.Message;
import org.khokahano.route.Origin;

/** Decides where a message goes, before it is acknowledged. Called on the receiving thread. */
public interface RoutePlanner {

    /**
     * The deliveries of a message, at least one for each destination that the routes choose, unless a
     * mapping drops it.
     */
    Plan plan(Message message, Origin origin);

    /**
     * The same for a message that was received before and is planned anew: it is no traffic, so that
     * nothing of it is counted. Called on a thread that may block.
     */
    default Plan planAgain(Message message, Origin origin) {
        return plan(message, origin);
    }
}
