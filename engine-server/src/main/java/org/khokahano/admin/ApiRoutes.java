package org.khokahano.admin;

import static org.khokahano.admin.ApiParameter.before;
import static org.khokahano.admin.ApiParameter.limit;
import static org.khokahano.admin.ApiParameter.number;
import static org.khokahano.admin.ApiParameter.reason;
import static org.khokahano.admin.ApiParameter.text;

import java.util.List;
import java.util.function.Supplier;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.archive.MessageArchive;
import org.khokahano.store.archive.MessageQuery;
import org.khokahano.store.archive.UnresolvedQuery;

/** What the API offers: one entry for each method and path, in the order of the document. */
final class ApiRoutes {

    private static final ApiParameter STATE =
            text("state", "QUEUED, DELIVERED, DEAD_LETTER, SKIPPED, HELD, RESENT or AWAITING.");
    private static final ApiParameter UNRESOLVED_STATE =
            text("state", "DEAD_LETTER or HELD; DEAD_LETTER where it is not given.");

    private final Supplier<ShownEngine> engine;

    /**
     * Describes the API.
     *
     * @param engine the engine; throws an {@link ApiException} while there is none
     */
    ApiRoutes(Supplier<ShownEngine> engine) {
        this.engine = engine;
    }

    private EngineStatus status() {
        return engine.get().status().get();
    }

    private OperatorDesk desk() {
        return engine.get().desk();
    }

    private MessageArchive archive() {
        return desk().archive();
    }

    private BodyDesk bodies() {
        return new BodyDesk(archive());
    }

    /** What was done. */
    record Done(String done) {}

    /**
     * A message that was sent again.
     *
     * @param messageId the new message's id
     */
    record Resent(long messageId) {}

    /** Listeners, bound or not. */
    record Listeners(List<EngineStatus.ListenerStatus> listeners) {}

    /**
     * Destinations with their lanes.
     *
     * @param notConfigured destinations that have deliveries queued and are not in the configuration
     */
    record Destinations(List<EngineStatus.DestinationStatus> destinations, List<NotConfigured> notConfigured) {}

    /**
     * A destination that was removed from the configuration.
     *
     * @param queued deliveries that wait in the store until it comes back
     */
    record NotConfigured(String name, long queued) {}

    List<ApiRoute> all() {
        return java.util.stream.Stream.of(
                        engine(),
                        destinations(),
                        messages(),
                        deadLetters(),
                        new HeldRoutes(engine).all(),
                        new ConformanceRoutes(engine).all(),
                        quarantine(),
                        new SequenceRoutes(engine).all(),
                        new AckRoutes(engine).all(),
                        new FragmentRoutes(engine).all(),
                        new ConfigurationRoutes(engine).all())
                .flatMap(List::stream)
                .toList();
    }

    private List<ApiRoute> engine() {
        return List.of(
                ApiRoute.get(
                        "/api/engine",
                        "The engine as it stands: phase, store, listeners, destinations with their lanes.",
                        List.of(),
                        EngineStatus.class,
                        request -> status()),
                ApiRoute.get(
                        "/api/listeners",
                        "The listeners, and what keeps each from listening.",
                        List.of(),
                        Listeners.class,
                        request -> new Listeners(status().listeners())));
    }

    private List<ApiRoute> destinations() {
        return List.of(
                ApiRoute.get(
                        "/api/destinations",
                        "The destinations with their lanes: state, depth, oldest, why it stands.",
                        List.of(),
                        Destinations.class,
                        request -> allDestinations()),
                ApiRoute.get(
                        "/api/destinations/{name}",
                        "One destination.",
                        List.of(),
                        EngineStatus.DestinationStatus.class,
                        request -> destination(request.path("name"))),
                ApiRoute.get(
                        "/api/destinations/{name}/queue",
                        "What a destination has queued, oldest first.",
                        List.of(number("after", "Only ids above this one: 'next' of the page before."), limit()),
                        DeadLetterView.Page.class,
                        request -> DeadLetterView.Page.of(
                                archive()
                                        .queue(
                                                destination(request.path("name"))
                                                        .name(),
                                                request.number("after", 0),
                                                request.limit()),
                                request.limit())),
                ApiRoute.post(
                        "/api/destinations/{name}/pause",
                        "Sends nothing to the destination until it is resumed, over restarts too.",
                        List.of(reason()),
                        Done.class,
                        request -> {
                            desk().pause(request.path("name"), by(request), request.reason());
                            return new Done("paused");
                        }),
                ApiRoute.post(
                        "/api/destinations/{name}/resume",
                        "Goes on after a pause or a hold, and without waiting for the next retry.",
                        List.of(reason()),
                        Done.class,
                        request -> {
                            desk().resume(request.path("name"), by(request), request.reason());
                            return new Done("resumed");
                        }));
    }

    private List<ApiRoute> messages() {
        return List.of(
                ApiRoute.get(
                        "/api/messages",
                        "Finds messages, newest first. All criteria given must hold; text is compared exactly.",
                        List.of(
                                text("controlId", "MSH-10."),
                                text("patientId", "PID-3.1."),
                                text("type", "MSH-9 as code^event, or a code alone for all its events."),
                                text("facility", "The facility's name."),
                                text("listener", "The listener's name."),
                                text("destination", "A destination that the message has a delivery to."),
                                STATE,
                                text("from", "Stored at this time or later, ISO 8601."),
                                text("until", "Stored before this time, ISO 8601."),
                                before(),
                                limit()),
                        MessageView.Page.class,
                        request -> MessageView.Page.of(archive().search(query(request)))),
                ApiRoute.get(
                        "/api/messages/{id}",
                        "One message with the history of its deliveries, without its bytes.",
                        List.of(),
                        MessageView.Detail.class,
                        request -> MessageView.Detail.of(bodies().message(request.id("id")))),
                ApiRoute.get(
                        "/api/messages/{id}/findings",
                        "What validation at its listener and its routes says of a message, and what mappings dropped"
                                + " of it, without its content; made again by the revision that planned it.",
                        List.of(),
                        MessageFindings.class,
                        request -> bodies().findings(request, engine.get().traces())),
                ApiRoute.get(
                        "/api/messages/{id}/body",
                        "The message's bytes as received; or, with 'delivery', as that partner gets them; or, with"
                                + " 'attempt' too, what the partner answered. The view is logged.",
                        List.of(
                                reason(),
                                number("delivery", "A delivery's id."),
                                number("attempt", "The number of an attempt of that delivery.")),
                        byte[].class,
                        request -> bodies().view(request, by(request))),
                ApiRoute.get(
                        "/api/messages/{id}/explanation",
                        "What was done with the message and why: routes, conditions, mapped fields, destinations; made"
                                + " again by the revision that planned it. It shows values. The view is logged.",
                        List.of(reason()),
                        TraceDesk.Trace.class,
                        request -> bodies().explain(
                                        request, by(request), engine.get().traces())),
                ApiRoute.post(
                        "/api/messages/{id}/resend",
                        "Makes deliveries of a message again, at the end of their lanes, as a new message.",
                        List.of(
                                reason(),
                                new ApiParameter(
                                        "deliveries",
                                        "array",
                                        false,
                                        "Ids of deliveries; without it all that are delivered, skipped or dead.")),
                        Resent.class,
                        request -> new Resent(desk().resend(
                                        request.id("id"), request.ids("deliveries"), by(request), request.reason()))));
    }

    private List<ApiRoute> deadLetters() {
        return List.of(
                ApiRoute.get(
                        "/api/dead-letters",
                        "Deliveries that were given up, or are held, newest first.",
                        List.of(
                                UNRESOLVED_STATE,
                                text("destination", "Only those to this destination."),
                                text("outcome", "Only those whose latest attempt ended so; empty for decisions."),
                                text("detail", "Only those with exactly this detail."),
                                before(),
                                limit()),
                        DeadLetterView.Page.class,
                        request -> DeadLetterView.Page.of(
                                archive()
                                        .unresolved(new UnresolvedQuery(
                                                unresolvedState(request),
                                                request.text("destination"),
                                                request.text("outcome"),
                                                request.text("detail"),
                                                request.number("before", Long.MAX_VALUE),
                                                request.limit())),
                                request.limit())),
                ApiRoute.get(
                        "/api/dead-letters/causes",
                        "The same grouped by destination, outcome and detail, most frequent first.",
                        List.of(UNRESOLVED_STATE),
                        DeadLetterView.Causes.class,
                        request -> DeadLetterView.Causes.of(archive().causes(unresolvedState(request)))),
                ApiRoute.get(
                        "/api/deliveries/{id}",
                        "The message that a delivery belongs to, with the history of all its deliveries.",
                        List.of(),
                        MessageView.Detail.class,
                        request -> MessageView.Detail.of(bodies().messageOfDelivery(request.id("id")))),
                ApiRoute.post(
                        "/api/deliveries/{id}/skip",
                        "Passes over a delivery that is queued, held, a dead letter or waits for its application"
                                + " acknowledgement.",
                        List.of(reason()),
                        Done.class,
                        request -> {
                            desk().skip(request.id("id"), by(request), request.reason());
                            return new Done("skipped");
                        }));
    }

    private List<ApiRoute> quarantine() {
        return List.of(
                ApiRoute.get(
                        "/api/quarantine",
                        "Input that did not become a message, newest first.",
                        List.of(before(), limit()),
                        QuarantineView.Page.class,
                        request -> QuarantineView.Page.of(
                                archive().quarantine(request.number("before", Long.MAX_VALUE), request.limit()),
                                request.limit())),
                ApiRoute.get(
                        "/api/quarantine/{id}",
                        "One quarantined input, without its bytes.",
                        List.of(),
                        QuarantineView.class,
                        request -> QuarantineView.of(bodies().quarantined(request.id("id")))),
                ApiRoute.get(
                        "/api/quarantine/{id}/body",
                        "The quarantined bytes. The view is logged.",
                        List.of(reason()),
                        byte[].class,
                        request -> bodies().viewQuarantined(request, by(request))));
    }

    private Destinations allDestinations() {
        List<EngineStatus.DestinationStatus> configured = status().destinations();
        List<NotConfigured> others = archive().unresolvedCounts().stream()
                .filter(count -> count.queued() > 0)
                .filter(count ->
                        configured.stream().noneMatch(each -> each.name().equals(count.destination())))
                .map(count -> new NotConfigured(count.destination(), count.queued()))
                .toList();
        return new Destinations(configured, others);
    }

    private EngineStatus.DestinationStatus destination(String name) {
        return status().destinations().stream()
                .filter(destination -> destination.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound(
                        "there is no destination of this name; /api/destinations" + " lists them"));
    }

    private static MessageQuery query(ApiRequest request) {
        return new MessageQuery(
                request.text("controlId"),
                request.text("patientId"),
                request.text("type"),
                request.text("facility"),
                request.text("listener"),
                request.text("destination"),
                request.choice("state", DeliveryState.class).orElse(null),
                request.time("from", 0),
                request.time("until", Long.MAX_VALUE),
                request.number("before", Long.MAX_VALUE),
                request.limit());
    }

    private static DeliveryState unresolvedState(ApiRequest request) {
        DeliveryState state = request.choice("state", DeliveryState.class).orElse(DeliveryState.DEAD_LETTER);
        if (state != DeliveryState.DEAD_LETTER && state != DeliveryState.HELD) {
            throw ApiException.badRequest("'state' must be DEAD_LETTER or HELD; search messages for others");
        }
        return state;
    }

    /** Who did it: all that is known of the holder of the token is where they are. */
    private static String by(ApiRequest request) {
        return "token from " + request.remote();
    }
}
