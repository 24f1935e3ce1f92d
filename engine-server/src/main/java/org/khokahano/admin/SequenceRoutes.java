package org.khokahano.admin;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.khokahano.store.SequenceLink;

/** What the API offers about sequence numbers (2.10.1). */
final class SequenceRoutes {

    private final Supplier<ShownEngine> engine;

    SequenceRoutes(Supplier<ShownEngine> engine) {
        this.engine = engine;
    }

    List<ApiRoute> all() {
        return List.of(
                ApiRoute.get(
                        "/api/sequences",
                        "The streams of numbered messages: what was accepted or sent last, and what comes next.",
                        List.of(),
                        SequenceDesk.Sequences.class,
                        request -> engine.get().desk().sequences().all()),
                ApiRoute.post(
                        "/api/sequences",
                        "Sets the number that comes next in a stream. A destination's frozen lane goes on once it is"
                                + " resumed.",
                        List.of(
                                ApiParameter.reason(),
                                ApiParameter.text("destination", "The destination whose messages are numbered; or"),
                                ApiParameter.text("listener", "the listener that takes numbered messages."),
                                ApiParameter.text(
                                        "sender", "MSH-3 and MSH-4 at the listener, as APPLICATION|FACILITY."),
                                ApiParameter.number("next", "The number that comes next, from 1."),
                                new ApiParameter(
                                        "resynchronise",
                                        "boolean",
                                        false,
                                        "The destination's partner is told with -1 to adopt it; a listener adopts"
                                                + " whatever comes.")),
                        SequenceDesk.Sequence.class,
                        this::set),
                ApiRoute.post(
                        "/api/sequences/remove",
                        "Forgets a stream, as of a sender that is gone: the next number that comes is adopted.",
                        List.of(
                                ApiParameter.reason(),
                                ApiParameter.text("destination", "A destination that is configured no more; or"),
                                ApiParameter.text("listener", "the listener that takes numbered messages."),
                                ApiParameter.text(
                                        "sender", "MSH-3 and MSH-4 at the listener, as APPLICATION|FACILITY.")),
                        SequenceDesk.Sequence.class,
                        this::remove));
    }

    private SequenceDesk.Sequence remove(ApiRequest request) {
        String destination = request.text("destination");
        String listener = request.text("listener");
        oneOf(destination, listener);
        OperatorDesk desk = engine.get().desk();
        boolean inUse = destination != null && desk.knows(destination);
        SequenceLink link = link(destination, listener, request.text("sender"));
        return desk.sequences().remove(link, inUse, "token from " + request.remote(), request.reason());
    }

    private static void oneOf(@Nullable String destination, @Nullable String listener) {
        if ((destination == null) == (listener == null)) {
            throw ApiException.badRequest("name either a 'destination' or a 'listener'");
        }
    }

    private SequenceDesk.Sequence set(ApiRequest request) {
        String destination = request.text("destination");
        String listener = request.text("listener");
        String sender = request.text("sender");
        boolean again = "true".equals(request.text("resynchronise"));
        long next = request.number("next", 0);
        oneOf(destination, listener);
        if (request.text("next") != null && next < 1) {
            throw ApiException.badRequest("'next' must be a whole number of at least 1");
        }
        OperatorDesk desk = engine.get().desk();
        SequenceLink link = link(destination, listener, sender);
        boolean known = destination != null && desk.knows(destination);
        String by = "token from " + request.remote();
        return desk.sequences().set(link, next == 0 ? null : next, again, known, by, request.reason());
    }

    private static SequenceLink link(@Nullable String destination, @Nullable String listener, @Nullable String sender) {
        return destination != null
                ? SequenceLink.ofDestination(destination)
                : SequenceLink.ofListener(String.valueOf(listener), sender == null ? "" : sender);
    }
}
