package org.khokahano.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.khokahano.store.AwaitedDelivery;

/** What the API offers about application acknowledgements that are awaited (R21). */
final class AckRoutes {

    private final Supplier<ShownEngine> engine;

    AckRoutes(Supplier<ShownEngine> engine) {
        this.engine = engine;
    }

    /**
     * Deliveries that wait.
     *
     * @param next the 'after' of the next page; 0 where there is none
     */
    record Pending(List<PendingAck> pending, long next) {}

    /**
     * A delivery that waits for its application acknowledgement.
     *
     * @param number rises in the order in which they began to wait
     * @param controlId MSH-10 of what was sent, which the acknowledgement names in MSA-2
     * @param since when the partner accepted it, ISO 8601
     * @param ageSeconds how long ago that was
     */
    record PendingAck(
            long number,
            long deliveryId,
            long messageId,
            String destination,
            String controlId,
            String since,
            long ageSeconds) {

        static PendingAck of(AwaitedDelivery delivery, Instant now) {
            Instant since = Instant.ofEpochMilli(delivery.sinceMillis());
            return new PendingAck(
                    delivery.number(),
                    delivery.deliveryId(),
                    delivery.messageId(),
                    delivery.destination(),
                    delivery.controlId(),
                    since.toString(),
                    Math.max(0, Duration.between(since, now).toSeconds()));
        }
    }

    List<ApiRoute> all() {
        return List.of(ApiRoute.get(
                "/api/acks/pending",
                "Deliveries that partners have in safe storage and whose application acknowledgement is awaited.",
                List.of(
                        ApiParameter.text("destination", "Only those to this destination."),
                        ApiParameter.number("after", "Only numbers above this one: 'next' of the page before."),
                        ApiParameter.limit()),
                Pending.class,
                this::pending));
    }

    private Pending pending(ApiRequest request) {
        String destination = request.text("destination");
        List<AwaitedDelivery> waiting = engine.get()
                .desk()
                .awaited(destination == null ? "" : destination, request.number("after", 0), request.limit());
        long next = waiting.size() < request.limit()
                ? 0
                : waiting.get(waiting.size() - 1).number();
        Instant now = Instant.now();
        return new Pending(
                waiting.stream().map(each -> PendingAck.of(each, now)).toList(), next);
    }
}
