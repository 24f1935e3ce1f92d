package org.khokahano.route;

import java.util.List;
import org.khokahano.store.NewDelivery;

/**
 * What becomes of a message.
 *
 * @param deliveries in the order of the configuration
 * @param intended whether a route had to do with it: one took it, or would have but for a filter. Where
 *     that leaves no delivery, it is because the configuration says so, and no route is missing.
 */
public record Plan(List<NewDelivery> deliveries, boolean intended) {

    public Plan {
        deliveries = List.copyOf(deliveries);
    }

    /** No route has to do with the message. */
    public static final Plan NONE = new Plan(List.of(), false);

    /** Whether nobody has thought of such messages. */
    public boolean isUnrouted() {
        return deliveries.isEmpty() && !intended;
    }
}
