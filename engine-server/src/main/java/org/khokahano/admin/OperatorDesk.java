package org.khokahano.admin;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.khokahano.lane.Destination;
import org.khokahano.lane.Lane;
import org.khokahano.loop.EngineClock;
import org.khokahano.store.AppendResult;
import org.khokahano.store.AwaitedDelivery;
import org.khokahano.store.Completion;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.DirectCompletion;
import org.khokahano.store.Mark;
import org.khokahano.store.MessageStore;
import org.khokahano.store.OperatorActions;
import org.khokahano.store.Resend;
import org.khokahano.store.archive.MessageArchive;
import org.khokahano.store.archive.MessageSummary;
import org.khokahano.store.fragment.PendingFragments;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator may do to the running engine. Every method waits for what it started, for at most
 * ten seconds, and says so in the log: these are decisions about other people's data.
 */
public final class OperatorDesk {

    private static final Logger LOG = LoggerFactory.getLogger(OperatorDesk.class);
    private static final long WAIT_SECONDS = 10;

    private final Supplier<Collection<Destination>> running;
    private final MessageArchive archive;
    private final OperatorActions actions;
    private final MessageStore store;
    private final EngineClock clock;
    private final SequenceDesk sequences;

    public OperatorDesk(
            Supplier<Collection<Destination>> running,
            MessageArchive archive,
            OperatorActions actions,
            MessageStore store,
            EngineClock clock) {
        this.running = running;
        this.archive = archive;
        this.actions = actions;
        this.store = store;
        this.clock = clock;
        this.sequences = new SequenceDesk(actions, store, clock);
    }

    /** Deliveries whose application acknowledgement is awaited. */
    List<AwaitedDelivery> awaited(String destination, long afterNumber, int limit) {
        return actions.awaited(destination, afterNumber, limit);
    }

    /** Messages of which fragments are still to come. */
    List<PendingFragments> unfinished() {
        return actions.unfinished();
    }

    SequenceDesk sequences() {
        return sequences;
    }

    /** Whether there is a destination of this name. */
    boolean knows(String name) {
        return destinations().containsKey(name);
    }

    MessageArchive archive() {
        return archive;
    }

    /** Sends nothing to the destination until it is resumed, over restarts too. */
    void pause(String name, String by, String reason) {
        Destination destination = destination(name);
        LOG.warn("destination {}: paused by {}: {}", name, by, reason);
        String why = by + ": " + reason;
        await(completion -> actions.setPaused(name, true, why, clock.wallMillis(), completion));
        destination.lanes().forEach(lane -> lane.pause(why));
    }

    /** Goes on after a pause or a hold, and without waiting for the next retry. */
    void resume(String name, String by, String reason) {
        Destination destination = destination(name);
        LOG.warn("destination {}: resumed by {}: {}", name, by, reason);
        await(completion -> actions.setPaused(name, false, "", clock.wallMillis(), completion));
        destination.lanes().forEach(lane -> lane.resume(by + ": " + reason));
    }

    /**
     * Makes deliveries of a message again.
     *
     * @param deliveries which; empty for all that are delivered, skipped or dead letters
     * @return the new message's id
     */
    long resend(long messageId, List<Long> deliveries, String by, String reason) {
        Resend resend = new Resend(
                messageId, deliveries.stream().map(Resend.Item::asStored).toList(), by, reason, clock.wallMillis());
        String which = deliveries.isEmpty() ? "all deliveries" : "deliveries " + deliveries;
        try {
            long made = await(completion -> actions.resend(resend, completion)).messageId();
            LOG.warn("message {}: {} sent again as message {} by {}: {}", messageId, which, made, by, reason);
            return made;
        } catch (ApiException refused) {
            LOG.warn(
                    "message {}: {} not sent again, though {} asked for it ({}): {}",
                    messageId,
                    which,
                    by,
                    reason,
                    refused.getMessage());
            throw refused;
        }
    }

    /** Passes over a delivery that is queued, held or a dead letter. */
    void skip(long deliveryId, String by, String reason) {
        MessageSummary message = archive.messageOfDelivery(deliveryId)
                .orElseThrow(() -> ApiException.notFound("there is no delivery " + deliveryId));
        MessageSummary.Delivery delivery = message.deliveries().stream()
                .filter(candidate -> candidate.id() == deliveryId)
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("there is no delivery " + deliveryId));
        String why = by + ": " + reason;
        switch (delivery.state()) {
            case QUEUED -> skipQueued(message.id(), delivery, why);
            case DEAD_LETTER, HELD, AWAITING ->
                store.mark(Mark.decision(deliveryId, DeliveryState.SKIPPED, clock.wallMillis(), why));
            case DELIVERED, SKIPPED, RESENT ->
                throw ApiException.conflict(
                        "delivery " + deliveryId + " is " + delivery.state() + ": there is nothing to skip");
        }
        LOG.warn("delivery {} of message {}: skipped by {}", deliveryId, message.id(), why);
    }

    private void skipQueued(long messageId, MessageSummary.Delivery delivery, String why) {
        Lane lane = destination(delivery.destination()).laneOf(delivery.keyHash());
        if (!await(lane.skip(delivery.id(), messageId, why))) {
            throw ApiException.conflict("delivery " + delivery.id()
                    + " is being sent right now or has just ended; pause the destination and try again");
        }
    }

    private Map<String, Destination> destinations() {
        Map<String, Destination> byName = new LinkedHashMap<>();
        running.get().forEach(destination -> byName.put(destination.name(), destination));
        return byName;
    }

    private Destination destination(String name) {
        Map<String, Destination> destinations = destinations();
        Destination destination = destinations.get(name);
        if (destination == null) {
            throw ApiException.notFound("there is no destination '" + name + "'; known are " + destinations.keySet());
        }
        return destination;
    }

    /** Starts something in the store and waits until it is durable. */
    private static AppendResult await(java.util.function.Consumer<Completion> action) {
        CompletableFuture<AppendResult> done = new CompletableFuture<>();
        action.accept(new DirectCompletion(done::complete));
        AppendResult result = await(done);
        if (result.outcome() == AppendResult.Outcome.REFUSED) {
            throw ApiException.conflict(result.reason());
        }
        return result;
    }

    /** Waits for what was started. */
    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw ApiException.unavailable(
                    "not done after " + WAIT_SECONDS + " seconds; it may still happen: look before you try again");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.unavailable("the engine is stopping");
        }
    }
}
