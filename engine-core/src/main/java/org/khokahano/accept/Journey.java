package org.khokahano.accept;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.khokahano.accept.Reply.Refusal;
import org.khokahano.ack.AckFault;
import org.khokahano.ack.AckWriter;
import org.khokahano.ack.Disposition;
import org.khokahano.event.EngineEvents;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.route.RoutePlanner;
import org.khokahano.store.AppendResult;
import org.khokahano.store.Completion;
import org.khokahano.store.MessageStore;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.NewMessage;
import org.khokahano.store.Quarantined;

/**
 * The journey of a message from a listener to the store, and of its acknowledgement back:
 *
 * <ol>
 *   <li>read the envelope; what cannot be read is quarantined
 *   <li>check the envelope against the listener's policy
 *   <li>plan: which destinations, and what each of them gets
 *   <li>append the message and its deliveries in one commit; duplicates are found there
 *   <li>acknowledge
 * </ol>
 *
 * Lanes take over at the commit. Everything up to the append runs on the thread that received the
 * bytes and never blocks; the acknowledgement runs there again, after the commit.
 */
public final class Journey implements Intake {

    private final AcceptPolicy policy;
    private final EnvelopeCheck envelopeCheck;
    private final RoutePlanner planner;
    private final MessageStore store;
    private final Acknowledger acknowledger;
    private final EngineEvents events;
    private final EngineClock clock;
    private final String refusalPrefix;
    private final AtomicLong refusals = new AtomicLong();

    public Journey(
            AcceptPolicy policy,
            RoutePlanner planner,
            MessageStore store,
            AckWriter ackWriter,
            EngineEvents events,
            EngineClock clock) {
        this.policy = policy;
        this.envelopeCheck = new EnvelopeCheck(policy);
        this.planner = planner;
        this.store = store;
        this.acknowledger = new Acknowledger(policy, ackWriter);
        this.events = events;
        this.clock = clock;
        this.refusalPrefix = "N" + Long.toString(clock.wallMillis(), Character.MAX_RADIX) + '.';
    }

    @Override
    public String listener() {
        return policy.listener();
    }

    @Override
    public void receive(Received received, Reply reply) {
        events.received(policy.listener(), received.bytes().length);
        Message message;
        try {
            message = Message.read(received.bytes());
        } catch (UnreadableMessageException e) {
            unreadable(received, e, reply);
            return;
        }
        List<AckFault> faults = envelopeCheck.check(message.header());
        if (!faults.isEmpty()) {
            reject(received, message, Disposition.UNACCEPTABLE, faults, reply);
            return;
        }
        List<NewDelivery> deliveries = planner.plan(message, policy.listener(), policy.facility());
        if (deliveries.isEmpty() && policy.onNoRoute() == AcceptPolicy.NoRoute.REJECT) {
            AckFault noRoute = AckFault.unsupportedType("no route takes this message");
            reject(received, message, Disposition.UNACCEPTABLE, List.of(noRoute), reply);
            return;
        }
        append(received, message, deliveries, reply);
    }

    private void append(Received received, Message message, List<NewDelivery> deliveries, Reply reply) {
        NewMessage stored = new NewMessage(
                policy.listener(),
                policy.facility(),
                received.remote(),
                received.bytes(),
                Envelope.businessKeys(message),
                Envelope.duplicateKey(message, policy.duplicates()),
                clock.wallMillis(),
                received.receivedNanos(),
                deliveries);
        store.append(
                stored,
                new Then(reply.executor(), result -> appended(received, message, deliveries.size(), result, reply)));
    }

    /** Runs after the commit: from here on, and never before, the sender may be told (R16, P1). */
    private void appended(Received received, Message message, int deliveries, AppendResult result, Reply reply) {
        Duration took = sinceReceipt(received);
        switch (result.outcome()) {
            case STORED -> {
                events.accepted(policy.listener(), result.messageId(), deliveries, took);
                if (deliveries == 0) {
                    events.unrouted(policy.listener(), result.messageId());
                }
                if (result.sameIdOtherBytes()) {
                    events.warned(policy.listener(), "sameControlIdOtherBytes");
                }
                reply.send(acknowledger.accepted(message, result.messageId(), result.storedMillis()));
            }
            case DUPLICATE -> {
                events.duplicate(policy.listener(), result.messageId(), took);
                reply.send(acknowledger.accepted(message, result.messageId(), result.storedMillis()));
            }
            case REFUSED -> {
                events.rejected(policy.listener(), "storage", took);
                reply.refuse(
                        Refusal.STORAGE,
                        acknowledger.refused(
                                message,
                                Disposition.SYSTEM_FAULT,
                                refusalId(),
                                clock.wallMillis(),
                                List.of(AckFault.applicationError(
                                        "the message could not be stored; send it again later"))));
            }
        }
    }

    /** A message that may not be taken is kept for the operators, then answered. */
    private void reject(
            Received received, Message message, Disposition disposition, List<AckFault> faults, Reply reply) {
        AckFault first = faults.get(0);
        String reason = "rejected" + first.code();
        quarantine(received, reason, first.explanation(), reply.executor(), result -> {
            events.rejected(policy.listener(), reason, sinceReceipt(received));
            reply.refuse(
                    refusal(disposition),
                    acknowledger.refused(message, disposition, refusalId(), clock.wallMillis(), faults));
        });
    }

    /** What is refused as it arrives for the engine's own reasons is too long; the rest is unacceptable. */
    private static Refusal refusal(Disposition disposition) {
        return disposition == Disposition.SYSTEM_FAULT ? Refusal.TOO_LONG : Refusal.UNACCEPTABLE;
    }

    private void unreadable(Received received, UnreadableMessageException problem, Reply reply) {
        String reason = problem.reason().name();
        events.quarantined(policy.listener(), reason, received.bytes().length);
        String detail = problem.reason().description() + " (byte " + problem.offset() + ')';
        quarantine(received, reason, detail, reply.executor(), result -> {
            events.rejected(policy.listener(), reason, sinceReceipt(received));
            reply.refuse(Refusal.UNREADABLE, acknowledger.unreadable(refusalId(), clock.wallMillis(), detail));
        });
    }

    @Override
    public void tooLong(Received head, int limit, Reply reply) {
        events.received(policy.listener(), head.bytes().length);
        try {
            Message message = Message.read(head.bytes());
            AckFault fault = AckFault.applicationError(
                    "the message is longer than the " + limit + " bytes that this listener takes");
            reject(head, message, Disposition.SYSTEM_FAULT, List.of(fault), reply);
        } catch (UnreadableMessageException e) {
            unreadable(head, e, reply);
        }
    }

    @Override
    public void unframed(Received received, String reason, SerialExecutor executor) {
        events.quarantined(policy.listener(), reason, received.bytes().length);
        quarantine(received, reason, "not a whole frame", executor, result -> {});
    }

    private void quarantine(
            Received received, String reason, String detail, SerialExecutor executor, Consumer<AppendResult> then) {
        store.quarantine(
                new Quarantined(
                        policy.listener(), received.remote(), received.bytes(), reason, detail, clock.wallMillis()),
                new Then(executor, then));
    }

    @Override
    public boolean isSaturated() {
        return store.isSaturated();
    }

    @Override
    public void whenRelieved(SerialExecutor executor, Runnable task) {
        store.whenRelieved(executor, task);
    }

    private Duration sinceReceipt(Received received) {
        return Duration.ofNanos(clock.nanoTime() - received.receivedNanos());
    }

    /** MSH-10 of an answer to what has no id in the store: unique among this engine's answers. */
    private String refusalId() {
        return refusalPrefix + Long.toString(refusals.incrementAndGet(), Character.MAX_RADIX);
    }

    /** What follows the commit, on the executor that received the message. */
    private record Then(SerialExecutor executor, Consumer<AppendResult> next) implements Completion {
        @Override
        public void completed(AppendResult result) {
            next.accept(result);
        }
    }
}
