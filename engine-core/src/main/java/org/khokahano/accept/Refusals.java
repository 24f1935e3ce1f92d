package org.khokahano.accept;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.khokahano.accept.Acknowledger.Later;
import org.khokahano.accept.Acknowledger.Refused;
import org.khokahano.accept.Reply.Refusal;
import org.khokahano.ack.AckFault;
import org.khokahano.event.EngineEvents;
import org.khokahano.event.FaultPlace;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.store.AppendResult;
import org.khokahano.store.MessageStore;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.NewMessage;
import org.khokahano.store.Quarantined;
import org.khokahano.validation.Judgement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of input that a listener does not take: it is kept in quarantine for the operators, and its sender is
 * told why. Called where the input was received.
 */
final class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final AcceptPolicy policy;
    private final MessageStore store;
    private final Acknowledger acknowledger;
    private final ValidationStage validation;
    private final EngineEvents events;
    private final EngineClock clock;
    private final AnswerIds ids;

    Refusals(
            AcceptPolicy policy,
            MessageStore store,
            Acknowledger acknowledger,
            ValidationStage validation,
            EngineEvents events,
            EngineClock clock) {
        this.policy = policy;
        this.store = store;
        this.acknowledger = acknowledger;
        this.validation = validation;
        this.events = events;
        this.clock = clock;
        this.ids = new AnswerIds('N', policy.listener(), clock);
    }

    /** A message that may not be taken is kept for the operators, then answered. */
    void reject(Received received, Message message, List<Rejection> rejections, Reply reply) {
        reject(received, message, rejections, List.of(), reply);
    }

    void reject(
            Received received, Message message, List<Rejection> rejections, List<Judgement> judgements, Reply reply) {
        reject(received, message, rejections, numberSentBy(message), reply, result -> {
            validation.tell(message, judgements, result, true);
        });
    }

    /**
     * A message that may not be taken is kept for the operators, then answered. What its sender is told in an exchange of
     * its own is in the same commit: whoever is told nothing on the connection must not be told nothing at all.
     *
     * @param expected MSA-4, the sequence number that comes next; empty where none is looked at
     * @param kept told first whether it is kept
     */
    void reject(
            Received received,
            Message message,
            List<Rejection> rejections,
            String expected,
            Reply reply,
            Consumer<AppendResult> kept) {
        Rejection first = rejections.get(0);
        Refused told = told(message, rejections, expected);
        NewMessage later = acknowledgement(told, received);
        quarantine(received, first.reason().code(), first.detail(), later, reply.executor(), result -> {
            kept.accept(result);
            events.rejected(policy.listener(), first.reason().code(), sinceReceipt(received));
            reply.refuse(kept(first.reason(), result), told.answer());
        });
    }

    /** What was turned away is in safe storage as well; where it is not, nobody may say that it is (R46). */
    static Refusal kept(RejectReason reason, AppendResult result) {
        return result.outcome() == AppendResult.Outcome.STORED ? reason.refusal() : Refusal.STORAGE;
    }

    /** A message that is not kept is answered. */
    void refuse(Received received, Message message, Rejection rejection, Refusal refusal, Reply reply) {
        refuse(received, message, rejection, refusal, numberSentBy(message), reply);
    }

    /**
     * A message that is not kept is answered.
     *
     * @param expected MSA-4, the sequence number that comes next; empty where none is looked at
     */
    void refuse(
            Received received, Message message, Rejection rejection, Refusal refusal, String expected, Reply reply) {
        events.rejected(policy.listener(), rejection.reason().code(), sinceReceipt(received));
        Refused told = told(message, List.of(rejection), expected);
        NewMessage later = acknowledgement(told, received);
        if (later == null || refusal == Refusal.STORAGE) {
            reply.refuse(refusal, told.answer());
            return;
        }
        store.append(later, new AfterCommit(reply.executor(), result -> {
            boolean stored = result.outcome() == AppendResult.Outcome.STORED;
            reply.refuse(stored ? refusal : Refusal.STORAGE, told.answer());
        }));
    }

    private String numberSentBy(Message message) {
        return policy.sequence() == null ? "" : SequenceStage.echo(message.header());
    }

    private Refused told(Message message, List<Rejection> rejections, String expected) {
        RejectReason reason = rejections.get(0).reason();
        List<AckFault> faults = rejections.stream().map(Rejection::fault).toList();
        return acknowledger.refused(message, reason.disposition(), nextId(), clock.wallMillis(), faults, expected);
    }

    /** What was refused is no message of the store, so its acknowledgement is one: durable, delivered and listed. */
    private @Nullable NewMessage acknowledgement(Refused told, Received received) {
        Later later = told.later();
        if (later == null) {
            return null;
        }
        Message acknowledgement;
        try {
            acknowledgement = Message.read(later.acknowledgement());
        } catch (UnreadableMessageException e) {
            throw new IllegalStateException("the engine reads its own acknowledgements", e);
        }
        return new NewMessage(
                policy.listener(),
                policy.facility(),
                received.remote(),
                later.acknowledgement(),
                Envelope.businessKeys(acknowledgement),
                null,
                clock.wallMillis(),
                received.receivedNanos(),
                List.of(NewDelivery.asReceived(later.destination(), 0)));
    }

    void unreadable(Received received, UnreadableMessageException problem, Reply reply) {
        RejectReason reason = RejectReason.of(problem.reason());
        String detail = problem.reason().description() + " (byte " + problem.offset() + ')';
        refuseUnreadable(received, new Rejection(reason, detail), reply);
    }

    void refuseUnreadable(Received received, Rejection rejection, Reply reply) {
        refuse(received, rejection, reply, () -> {
            return acknowledger.unreadable(nextId(), clock.wallMillis(), rejection.fault());
        });
    }

    /** What is no message, and is cut off: whoever sends such a thing reads no acknowledgements (R6). */
    void refuseInSilence(Received received, Rejection rejection, Reply reply) {
        refuse(received, rejection, reply, () -> null);
    }

    private void refuse(
            Received received, Rejection rejection, Reply reply, Supplier<byte @Nullable []> acknowledgement) {
        RejectReason reason = rejection.reason();
        quarantine(received, reason.code(), rejection.detail(), reply.executor(), result -> {
            events.rejected(policy.listener(), reason.code(), sinceReceipt(received));
            reply.refuse(kept(reason, result), acknowledgement.get());
        });
    }

    /** A message that meets a bug must neither be lost nor hold up the ones behind it. */
    void engineFault(Received received, @Nullable Message message, RuntimeException fault, Reply reply) {
        LOG.error(
                "listener {}: a fault of the engine met a message of {} bytes, which goes to quarantine: {}",
                policy.listener(),
                received.bytes().length,
                FaultPlace.of(fault));
        Rejection rejection = new Rejection(
                RejectReason.ENGINE_FAULT, "the engine failed on this message; its operators have been told");
        if (message == null) {
            refuseUnreadable(received, rejection, reply);
        } else {
            reject(received, message, List.of(rejection), reply);
        }
    }

    /** Keeps input of which no message could be made, and refuses it. */
    void refuseInput(Received received, Rejection rejection, Reply reply) {
        events.received(policy.listener(), received.bytes().length);
        refuseUnreadable(received, rejection, reply);
    }

    /** Keeps input beside what is taken of it, since some of it may belong to nothing that is taken. */
    void keep(Received received, Rejection why, SerialExecutor executor) {
        quarantine(received, why.reason().code(), why.detail(), executor, result -> {});
    }

    /** Turns away what can be read, and keeps it in quarantine. */
    void refuseMessage(Received received, Message message, Rejection rejection, Reply reply) {
        events.received(policy.listener(), received.bytes().length);
        reject(received, message, List.of(rejection), reply);
    }

    /** Turns away what can be read and is to be sent again; nothing of it is kept. */
    void refuseForNow(Received received, Message message, Rejection rejection, Reply reply) {
        events.received(policy.listener(), received.bytes().length);
        refuse(received, message, rejection, rejection.reason().refusal(), reply);
    }

    /** Keeps input that met a bug before any message was made of it, and refuses it. */
    void inputFault(Received received, RuntimeException fault, Reply reply) {
        events.received(policy.listener(), received.bytes().length);
        engineFault(received, null, fault, reply);
    }

    void quarantine(
            Received received, String reason, String detail, SerialExecutor executor, Consumer<AppendResult> then) {
        quarantine(received, reason, detail, null, executor, then);
    }

    private void quarantine(
            Received received,
            String reason,
            String detail,
            @Nullable NewMessage acknowledgement,
            SerialExecutor executor,
            Consumer<AppendResult> then) {
        store.quarantine(
                new Quarantined(
                        policy.listener(),
                        received.remote(),
                        received.bytes(),
                        reason,
                        detail,
                        clock.wallMillis(),
                        acknowledgement),
                new AfterCommit(executor, result -> {
                    if (result.outcome() == AppendResult.Outcome.STORED) {
                        events.quarantined(policy.listener(), reason, received.bytes().length);
                    }
                    then.accept(result);
                }));
    }

    Duration sinceReceipt(Received received) {
        return Duration.ofNanos(clock.nanoTime() - received.receivedNanos());
    }

    /** MSH-10 of an answer to what has no id in the store: unique among this engine's answers. */
    String nextId() {
        return ids.next();
    }

    /** Whether it is the MSH-10 of an answer of this listener to what has no id in the store. */
    boolean isOwnId(String controlId) {
        return ids.hasGiven(controlId);
    }
}
