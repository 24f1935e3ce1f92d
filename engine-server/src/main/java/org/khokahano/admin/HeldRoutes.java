package org.khokahano.admin;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.archive.StoredMessage;
import org.khokahano.store.archive.StoredMessage.StoredDelivery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the API offers about held deliveries: the codes that they wait for, and planning them again. */
final class HeldRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(HeldRoutes.class);

    private final Supplier<ShownEngine> engine;

    HeldRoutes(Supplier<ShownEngine> engine) {
        this.engine = engine;
    }

    List<ApiRoute> all() {
        return List.of(
                ApiRoute.get(
                        "/api/codes",
                        "The codes that held deliveries wait for in code tables, by sender, table and code.",
                        List.of(
                                ApiParameter.text("table", "Only codes of this table."),
                                ApiParameter.text("code", "Only this code."),
                                ApiParameter.limit()),
                        UnmappedView.Codes.class,
                        request -> UnmappedView.Codes.of(
                                engine.get()
                                        .desk()
                                        .archive()
                                        .unmapped(request.text("table"), request.text("code"), request.limit()),
                                engine.get().held())),
                ApiRoute.post(
                        "/api/messages/{id}/reprocess",
                        "Plans held deliveries of a message again, or a message that no route took, by the"
                                + " configuration in force, and sends what comes of it as a new message.",
                        List.of(
                                ApiParameter.reason(),
                                new ApiParameter(
                                        "deliveries",
                                        "array",
                                        false,
                                        "Ids of held deliveries; without it all of the message's. Those to one"
                                                + " destination are planned together.")),
                        HeldDesk.Reprocessed.class,
                        this::reprocess));
    }

    private HeldDesk.Reprocessed reprocess(ApiRequest request) {
        long id = request.id("id");
        String by = "token from " + request.remote();
        String reason = request.reason();
        StoredMessage message = engine.get()
                .desk()
                .archive()
                .message(id)
                .orElseThrow(() -> ApiException.notFound("there is no message " + id));
        Set<String> destinations = destinations(message, request.ids("deliveries"));
        LOG.warn("message {}: held deliveries to {} planned again by {}: {}", id, destinations, by, reason);
        return OperatorDesk.await(engine.get().held().reprocess(message, List.copyOf(destinations), by, reason));
    }

    private static Set<String> destinations(StoredMessage message, List<Long> chosen) {
        long id = message.summary().id();
        for (long each : chosen) {
            StoredDelivery delivery = message.deliveries().stream()
                    .filter(candidate -> candidate.id() == each)
                    .findFirst()
                    .orElseThrow(() -> ApiException.notFound("message " + id + " has no delivery " + each));
            if (delivery.state() != DeliveryState.HELD) {
                throw ApiException.conflict("delivery " + each + " is " + delivery.state()
                        + " and not held; 'resend' is for what was delivered or given up");
            }
        }
        Set<String> destinations = new LinkedHashSet<>();
        message.deliveries().stream()
                .filter(delivery -> delivery.state() == DeliveryState.HELD)
                .filter(delivery -> chosen.isEmpty() || chosen.contains(delivery.id()))
                .forEach(delivery -> destinations.add(delivery.destination()));
        if (destinations.isEmpty() && !message.deliveries().isEmpty()) {
            throw ApiException.conflict(
                    "nothing of message " + id + " is held; 'resend' is for what was delivered or given up");
        }
        return destinations;
    }
}
