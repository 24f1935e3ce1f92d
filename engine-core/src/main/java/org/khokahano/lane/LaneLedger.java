package org.khokahano.lane;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.khokahano.event.EngineEvents;
import org.khokahano.loop.EngineClock;
import org.khokahano.message.Header;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;
import org.khokahano.store.Awaited;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.Mark;
import org.khokahano.store.MessageStore;
import org.khokahano.store.QueuedDelivery;

/** Tells the store and the events what became of a lane's deliveries. */
final class LaneLedger {

    private final LaneSettings config;
    private final MessageStore store;
    private final EngineEvents events;
    private final EngineClock clock;

    LaneLedger(LaneSettings config, MessageStore store, EngineEvents events, EngineClock clock) {
        this.config = config;
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    void delivered(QueuedDelivery delivery, SendOutcome outcome, Duration took) {
        Awaited awaited = config.awaits() && outcome.kind() == OutcomeKind.CA ? awaited(delivery) : null;
        mark(delivery, awaited == null ? DeliveryState.DELIVERED : DeliveryState.AWAITING, outcome, took, awaited);
        events.delivered(config.destination(), delivery.messageId(), delivery.payload().length, sinceReceipt(delivery));
    }

    /** What has no MSH-10 cannot be acknowledged by it. */
    private static @Nullable Awaited awaited(QueuedDelivery delivery) {
        try {
            Header header = Message.read(delivery.payload()).header();
            String peer = header.receivingApplication() + '|' + header.receivingFacility();
            return header.controlId().isEmpty() ? null : new Awaited(header.controlId(), peer);
        } catch (UnreadableMessageException e) {
            return null;
        }
    }

    private Duration sinceReceipt(QueuedDelivery delivery) {
        return delivery.receivedNanos() != 0
                ? Duration.ofNanos(clock.nanoTime() - delivery.receivedNanos())
                : Duration.ofMillis(Math.max(0, clock.wallMillis() - delivery.receivedMillis()));
    }

    void toBeTriedAgain(QueuedDelivery delivery, SendOutcome outcome, Duration took, boolean possibleDuplicate) {
        mark(delivery, DeliveryState.QUEUED, outcome, took);
        events.retrying(config.destination(), outcome.kind(), possibleDuplicate);
    }

    void deadLettered(QueuedDelivery delivery, SendOutcome outcome, Duration took) {
        mark(delivery, DeliveryState.DEAD_LETTER, outcome, took);
        events.deadLettered(
                config.destination(),
                delivery.messageId(),
                outcome.kind(),
                "after " + (delivery.attempts() + 1) + " attempts: " + outcome);
    }

    /** Skipped since the answer table says so. */
    void passedOver(QueuedDelivery delivery, SendOutcome outcome, Duration took) {
        mark(delivery, DeliveryState.SKIPPED, outcome, took);
        events.skipped(config.destination(), delivery.messageId(), outcome.toString());
    }

    /** Skipped since an operator says so. */
    void skipped(long deliveryId, long messageId, String reason) {
        store.mark(Mark.decision(deliveryId, DeliveryState.SKIPPED, clock.wallMillis(), reason));
        events.skipped(config.destination(), messageId, reason);
    }

    private void mark(QueuedDelivery delivery, DeliveryState next, SendOutcome outcome, Duration took) {
        mark(delivery, next, outcome, took, null);
    }

    private void mark(
            QueuedDelivery delivery,
            DeliveryState next,
            SendOutcome outcome,
            Duration took,
            @Nullable Awaited awaited) {
        store.mark(new Mark(
                delivery.id(),
                next,
                delivery.attempts() + 1,
                clock.wallMillis(),
                took.toMillis(),
                outcome,
                "",
                delivery.possibleDuplicate(),
                awaited));
    }
}
