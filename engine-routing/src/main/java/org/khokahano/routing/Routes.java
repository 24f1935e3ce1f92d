package org.khokahano.routing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.khokahano.lane.Destination;
import org.khokahano.message.Message;
import org.khokahano.route.RoutePlanner;
import org.khokahano.store.NewDelivery;

/** All routes in the order of the configuration; every one that matches takes the message. */
public final class Routes implements RoutePlanner {

    private final List<Route> routes;

    public Routes(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    @Override
    public List<NewDelivery> plan(Message message, String listener, String facility) {
        Set<Destination> chosen = new LinkedHashSet<>();
        for (Route route : routes) {
            if (route.isFrom(listener)) {
                chosen.addAll(route.to());
            }
        }
        List<NewDelivery> deliveries = new ArrayList<>(chosen.size());
        for (Destination destination : chosen) {
            deliveries.add(destination.deliveryOf(message));
        }
        return deliveries;
    }
}
