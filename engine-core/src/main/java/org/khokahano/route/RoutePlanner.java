package org.khokahano.route;

import org.khokahano.message.Message;

/** Decides where a message goes, before it is acknowledged. Called on the receiving thread. */
public interface RoutePlanner {

    /**
     * The deliveries of a message, at least one for each destination that the routes choose, unless a
     * mapping drops it.
     */
    Plan plan(Message message, Origin origin);
}
