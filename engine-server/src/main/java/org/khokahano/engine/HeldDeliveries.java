package org.khokahano.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.khokahano.accept.Unrouted;
import org.khokahano.event.FaultPlace;
import org.khokahano.loop.EngineClock;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.route.Origin;
import org.khokahano.store.AppendResult;
import org.khokahano.store.Completion;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.DirectCompletion;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.OperatorActions;
import org.khokahano.store.Release;
import org.khokahano.store.StillHeld;
import org.khokahano.store.WaitingCode;
import org.khokahano.store.archive.MessageSummary;
import org.khokahano.store.archive.StoredMessage;
import org.khokahano.store.archive.StoredMessage.StoredDelivery;
import org.khokahano.table.CodeLookup.Ambiguous;
import org.khokahano.table.CodeTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans held deliveries again, from the message as it was received: its bytes, its listener and the time
 * of its first receipt, by the configuration in force. Called on threads that may block.
 *
 * <p>A message is planned whole, since that is how routes and mappings work; taken of it is what the plan
 * says for the destination of the held delivery, but for what went there already, byte for byte. Where the
 * plan would change what went there already, nothing is guessed: it stays held.
 */
final class HeldDeliveries {

    private static final Logger LOG = LoggerFactory.getLogger(HeldDeliveries.class);

    private final OperatorActions actions;
    private final EngineClock clock;
    private volatile EngineRevision live;

    /**
     * What the store is asked about held deliveries that are replaced together.
     *
     * @param next what takes their place, or would; empty where the plan has nothing
     * @param why why they stay held; empty where they are released
     */
    record Step(List<StoredDelivery> held, List<NewDelivery> next, String why) {
        boolean releases() {
            return why.isEmpty();
        }

        private long size() {
            return next.stream().mapToLong(Step::size).sum();
        }

        private static long size(NewDelivery delivery) {
            byte[] payload = delivery.payload();
            return payload == null ? 0 : payload.length;
        }
    }

    /** A message with what is to be done about its held deliveries, by which revision. */
    record Planned(long messageId, int revision, List<Step> steps) {
        /** Bytes that it holds in memory until the store has written it. */
        long size() {
            return steps.stream().mapToLong(Step::size).sum();
        }
    }

    /** A step with what the store said. */
    record Written(Step step, AppendResult result) {}

    HeldDeliveries(EngineRevision first, OperatorActions actions, EngineClock clock) {
        this.live = first;
        this.actions = actions;
        this.clock = clock;
    }

    /** Plans by this revision from now on. */
    void planBy(EngineRevision revision) {
        live = revision;
    }

    /** The revision that plans. */
    EngineRevision revision() {
        return live;
    }

    /** Plans the held deliveries of a message to these destinations again. Changes nothing. */
    Planned plan(StoredMessage message, List<String> destinations) {
        EngineRevision by = live;
        List<Step> steps = new ArrayList<>();
        List<NewDelivery> plan = plan(by, message);
        if (message.deliveries().isEmpty()) {
            steps.add(unrouted(by, plan));
        }
        for (String destination : destinations) {
            List<StoredDelivery> held = held(message, destination);
            if (held.isEmpty()) {
                continue;
            }
            if (plan == null) {
                steps.add(new Step(held, List.of(), failed(by)));
            } else if (destination.equals(Unrouted.DESTINATION)) {
                String none = "revision " + by.number() + " has no route that takes this message either";
                steps.add(new Step(held, plan, plan.isEmpty() ? none : ""));
            } else {
                addSteps(steps, by, message, destination, plan);
            }
        }
        return new Planned(message.summary().id(), by.number(), steps);
    }

    /** What no route took and is not held. What is held of it now is, so that it is in the lists of operators. */
    private static Step unrouted(EngineRevision by, @Nullable List<NewDelivery> plan) {
        if (plan == null) {
            return new Step(List.of(), List.of(), failed(by));
        }
        String none = "by revision " + by.number() + " nothing of this message goes anywhere either";
        return new Step(List.of(), plan, plan.isEmpty() ? none : "");
    }

    private static String failed(EngineRevision by) {
        return "revision " + by.number() + " failed on this message; the log says where";
    }

    /** What the revision does with the message; null where it fails on it. */
    private static @Nullable List<NewDelivery> plan(EngineRevision by, StoredMessage message) {
        MessageSummary summary = message.summary();
        byte[] bytes = message.bytes();
        try {
            if (bytes == null) {
                throw new IllegalStateException("its bytes are gone, which retention never takes while it is held");
            }
            Origin origin = new Origin(summary.listener(), summary.facility(), summary.receivedMillis());
            return by.planner().planAgain(Message.read(bytes), origin).deliveries();
        } catch (UnreadableMessageException | RuntimeException e) {
            LOG.error(
                    "message {} could not be planned again by revision {}: {}",
                    summary.id(),
                    by.number(),
                    FaultPlace.of(e));
            return null;
        }
    }

    private static List<StoredDelivery> held(StoredMessage message, String destination) {
        return message.deliveries().stream()
                .filter(delivery -> delivery.destination().equals(destination))
                .filter(delivery -> delivery.state() == DeliveryState.HELD)
                .toList();
    }

    private static void addSteps(
            List<Step> steps, EngineRevision by, StoredMessage message, String destination, List<NewDelivery> plan) {
        List<StoredDelivery> known = message.deliveries().stream()
                .filter(delivery -> delivery.destination().equals(destination))
                .toList();
        List<NewDelivery> next = plan.stream()
                .filter(delivery -> delivery.destination().equals(destination))
                .toList();
        List<NewDelivery> missing = new ArrayList<>(next);
        int altered = 0;
        for (StoredDelivery old : known) {
            if (old.state() != DeliveryState.HELD && !takeOut(missing, old, message)) {
                altered++;
            }
        }
        List<StoredDelivery> held = held(message, destination);
        if (missing.isEmpty()) {
            String none = "by revision " + by.number() + " no route sends this message to this destination";
            steps.add(new Step(held, List.of(), none));
        } else if (altered > 0) {
            // Which of them takes the place of what went out already cannot be told; guessing would send twice.
            steps.add(
                    new Step(
                            held,
                            missing,
                            "revision " + by.number()
                                    + " would change what this destination got of the message already; send it again or skip it by hand"));
        } else if (missing.size() == held.size()) {
            for (int i = 0; i < held.size(); i++) {
                steps.add(step(List.of(held.get(i)), List.of(missing.get(i))));
            }
        } else {
            steps.add(step(held, missing));
        }
    }

    /** Takes one delivery of the same bytes out; false where there is none. */
    private static boolean takeOut(List<NewDelivery> missing, StoredDelivery old, StoredMessage message) {
        for (int i = 0; i < missing.size(); i++) {
            if (isSame(old, missing.get(i), message)) {
                missing.remove(i);
                return true;
            }
        }
        return false;
    }

    /** What stays held in part stays held whole: later plans could not tell which part is missing. */
    private static Step step(List<StoredDelivery> held, List<NewDelivery> next) {
        String why = next.stream()
                .filter(delivery -> delivery.state() == DeliveryState.HELD)
                .map(NewDelivery::reason)
                .findFirst()
                .orElse("");
        return new Step(held, next, why);
    }

    private static boolean isSame(StoredDelivery old, NewDelivery delivery, StoredMessage message) {
        byte[] before = old.payload() == null ? message.bytes() : old.payload();
        byte[] after = delivery.payload() == null ? message.bytes() : delivery.payload();
        return Arrays.equals(before, after);
    }

    /**
     * Writes what was planned. Completes when all of it is durable or refused; what is not held any more
     * by then is refused.
     */
    CompletableFuture<List<Written>> write(Planned planned, String by, String reason) {
        List<CompletableFuture<Written>> each = new ArrayList<>();
        for (Step step : planned.steps()) {
            if (step.releases()) {
                each.add(told(step, completion -> actions.release(release(planned, step, by, reason), completion)));
                continue;
            }
            if (step.held().isEmpty()) {
                each.add(CompletableFuture.completedFuture(new Written(step, AppendResult.refused(step.why()))));
            }
            for (StoredDelivery held : step.held()) {
                Step one = new Step(List.of(held), step.next(), step.why());
                each.add(told(one, completion -> actions.keepHeld(stillHeld(held, step), completion)));
            }
        }
        return CompletableFuture.allOf(each.toArray(CompletableFuture[]::new))
                .thenApply(done -> each.stream().map(CompletableFuture::join).toList());
    }

    /** Whether several rows of the tables in force fit the code as of now, one way or the other. */
    boolean severalFit(String table, String code, String system) {
        CodeTable known = revision().config().codes().get(table);
        long now = clock.wallMillis();
        return known != null
                && (known.find(code, system, now) instanceof Ambiguous
                        || known.reverse(code, system, now) instanceof Ambiguous);
    }

    private Release release(Planned planned, Step step, String by, String reason) {
        return new Release(
                planned.messageId(),
                step.held().stream().map(StoredDelivery::id).toList(),
                step.next(),
                planned.revision(),
                by,
                reason,
                clock.wallMillis());
    }

    /** Without a plan for its destination it waits for what it waited for: the route may come back. */
    private StillHeld stillHeld(StoredDelivery held, Step step) {
        boolean unplanned = step.next().isEmpty();
        return new StillHeld(held.id(), step.why(), unplanned ? null : codes(step.next()), clock.wallMillis());
    }

    private static List<WaitingCode> codes(List<NewDelivery> deliveries) {
        return WaitingCode.distinct(deliveries.stream()
                .flatMap(delivery -> delivery.codes().stream())
                .toList());
    }

    private static CompletableFuture<Written> told(Step step, Consumer<Completion> action) {
        CompletableFuture<Written> done = new CompletableFuture<>();
        action.accept(new DirectCompletion(result -> done.complete(new Written(step, result))));
        return done;
    }
}
