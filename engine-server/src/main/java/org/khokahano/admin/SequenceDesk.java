package org.khokahano.admin;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.khokahano.loop.DirectExecutor;
import org.khokahano.loop.EngineClock;
import org.khokahano.store.MessageStore;
import org.khokahano.store.OperatorActions;
import org.khokahano.store.SequenceChange;
import org.khokahano.store.SequenceLink;
import org.khokahano.store.SequenceReading;
import org.khokahano.store.SequenceState;
import org.khokahano.store.SequenceState.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sequence numbers, as an operator sees and sets them. */
final class SequenceDesk {

    private static final Logger LOG = LoggerFactory.getLogger(SequenceDesk.class);

    private final OperatorActions actions;
    private final MessageStore store;
    private final EngineClock clock;

    SequenceDesk(OperatorActions actions, MessageStore store, EngineClock clock) {
        this.actions = actions;
        this.store = store;
        this.clock = clock;
    }

    /** All streams of numbered messages. */
    record Sequences(List<Sequence> sequences) {}

    /**
     * A stream of numbered messages.
     *
     * @param side listener where a partner numbers them, destination where this engine does
     * @param sender MSH-3 and MSH-4 of whoever numbers them; empty where the listener has one stream
     * @param number at a listener the number accepted last, at a destination the one given last
     * @param next the number that comes next; -1 where whatever comes is adopted
     * @param status of a destination: OPEN, SETTLED, START, RESYNCHRONISE
     * @param deliveryId the delivery that the number was given to; 0 for none
     */
    record Sequence(
            String side,
            String name,
            String sender,
            long number,
            long next,
            String status,
            long deliveryId,
            String changedAt) {

        static Sequence of(SequenceState state) {
            boolean destination = state.link().side() == SequenceLink.Side.DESTINATION;
            return new Sequence(
                    destination ? "destination" : "listener",
                    state.link().name(),
                    state.link().peer(),
                    state.number(),
                    SequenceState.expected(state),
                    state.status().name(),
                    state.deliveryId(),
                    Instant.ofEpochMilli(state.atMillis()).toString());
        }
    }

    Sequences all() {
        return new Sequences(actions.sequences().stream().map(Sequence::of).toList());
    }

    /**
     * Sets the number that comes next in a stream.
     *
     * @param next positive; null to leave it
     * @param resynchronise whether a destination's partner is told to adopt it, or a listener adopts whatever
     *     comes next
     * @param known whether the stream may be made where there is none
     */
    Sequence set(SequenceLink link, @Nullable Long next, boolean resynchronise, boolean known, String by, String why) {
        boolean exists =
                actions.sequences().stream().anyMatch(state -> state.link().equals(link));
        if (!exists && !known) {
            throw ApiException.notFound("there are no sequence numbers of this name and sender; /api/sequences lists"
                    + " those there are. A listener adopts the first number that comes");
        }
        if (next == null && (!resynchronise || !exists)) {
            throw ApiException.badRequest("'next' is missing: the sequence number that is to come next");
        }
        LOG.warn("sequence numbers of {}: set by {} ({}): {}", link, by, next == null ? "resynchronise" : next, why);
        long atMillis = clock.wallMillis();
        SequenceChange change = link.side() == SequenceLink.Side.LISTENER
                ? before -> SequenceState.accepted(
                        link, next == null || resynchronise ? SequenceState.ADOPT_NEXT : next - 1, atMillis)
                : before -> ofDestination(link, before, next, resynchronise, atMillis);
        CompletableFuture<SequenceReading> done = new CompletableFuture<>();
        store.changeSequence(link, change, DirectExecutor.INSTANCE, done::complete);
        SequenceReading reading = OperatorDesk.await(done);
        SequenceState after = reading.after();
        if (after == null) {
            throw ApiException.conflict(reading.refusal());
        }
        return Sequence.of(after);
    }

    /**
     * Forgets a stream, so that whatever comes next is adopted.
     *
     * @param inUse whether a configured destination numbers by it
     */
    Sequence remove(SequenceLink link, boolean inUse, String by, String why) {
        if (inUse) {
            throw ApiException.conflict("the destination is configured and goes by its numbers; set them instead");
        }
        CompletableFuture<SequenceReading> done = new CompletableFuture<>();
        store.changeSequence(link, before -> null, DirectExecutor.INSTANCE, done::complete);
        SequenceReading reading = OperatorDesk.await(done);
        if (!reading.refusal().isEmpty()) {
            throw ApiException.conflict(reading.refusal());
        }
        SequenceState before = reading.before();
        if (before == null) {
            throw ApiException.notFound(
                    "there are no sequence numbers of this name and sender; /api/sequences lists those there are");
        }
        LOG.warn("sequence numbers of {}: removed by {}: {}", link, by, why);
        return Sequence.of(before);
    }

    private static SequenceState ofDestination(
            SequenceLink link, @Nullable SequenceState before, @Nullable Long next, boolean again, long atMillis) {
        Status status = again ? Status.RESYNCHRONISE : Status.START;
        if (next != null || before == null) {
            return new SequenceState(link, next == null ? 0 : next - 1, 0, status, atMillis);
        }
        return new SequenceState(link, before.number(), before.deliveryId(), status, atMillis);
    }
}
