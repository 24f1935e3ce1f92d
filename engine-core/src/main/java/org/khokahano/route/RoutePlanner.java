package org.khokahano.route;

import java.util.List;
import org.khokahano.message.Message;
import org.khokahano.store.NewDelivery;

/** Decides where a message goes, before it is acknowledged. Called on the receiving thread. */
public interface RoutePlanner {

    /**
     * The deliveries of a message, at least one for each destination that the routes choose.
     *
     * @return in the order of the configuration; empty where no route takes the message
     */
    List<NewDelivery> plan(Message message, Origin origin);
}
