package org.khokahano.accept;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.khokahano.accept.Reply.Refusal;
import org.khokahano.ack.AckFault;
import org.khokahano.ack.AckForm;
import org.khokahano.ack.AckWriter;
import org.khokahano.event.EngineEvents;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.message.Message;
import org.khokahano.message.MessageFragment;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.plan.Plan;
import org.khokahano.plan.RoutePlanner;
import org.khokahano.route.Origin;
import org.khokahano.send.ApplicationAnswers;
import org.khokahano.store.AppendResult;
import org.khokahano.store.Completion;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.MessageStore;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.NewMessage;
import org.khokahano.store.Quarantined;
import org.khokahano.store.SequenceChange;
import org.khokahano.store.SequenceLink;
import org.khokahano.store.SequenceState;
import org.khokahano.store.fragment.FragmentLimits;
import org.khokahano.store.fragment.NewFragment;
import org.khokahano.validation.Judgement;
import org.khokahano.validation.Response;
import org.khokahano.validation.ValidationPolicy;
import org.khokahano.validation.ValidationPolicy.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journey of a message from a listener to the store, and of its acknowledgement back:
 *
 * <ol>
 *   <li>read the envelope; what cannot be read is quarantined, and an acknowledgement is dropped
 *   <li>check the envelope against the listener's policy; what does not pass is quarantined
 *   <li>read its sequence number where the listener goes by them; what only starts a link ends here
 *   <li>tell of what is odd and tolerated
 *   <li>validate the content; by the listener's policy it is refused, held or only told of
 *   <li>plan: which destinations, and what each of them gets
 *   <li>append the message and its deliveries in one commit; duplicates are found there
 *   <li>acknowledge
 * </ol>
 *
 * Lanes take over at the commit. Everything up to the append runs on the thread that received the
 * bytes and never blocks; the acknowledgement runs there again, after the commit.
 */
public final class Journey implements Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Journey.class);

    private final AcceptPolicy policy;
    private final int revision;
    private final EnvelopeCheck envelopeCheck;
    private final @Nullable SequenceStage sequence;
    private final ToleranceCheck toleranceCheck;
    private final ValidationStage validation;
    private final RoutePlanner planner;
    private final MessageStore store;
    private final Acknowledger acknowledger;
    private final AcknowledgementStage acknowledgements;
    private final EngineEvents events;
    private final EngineClock clock;
    private final String refusalPrefix;
    private final AtomicLong refusals = new AtomicLong();

    /**
     * @param revision number of the configuration that messages are planned by; kept with each of them
     */
    public Journey(
            AcceptPolicy policy,
            int revision,
            RoutePlanner planner,
            MessageStore store,
            AckWriter ackWriter,
            EngineEvents events,
            EngineClock clock) {
        this(policy, null, revision, planner, store, null, ackWriter, events, clock);
    }

    /**
     * @param validated what messages are validated by, or null
     * @param revision as above
     * @param applicationAnswers takes acknowledgements that deliveries may wait for; null where none does
     */
    public Journey(
            AcceptPolicy policy,
            @Nullable ValidationPolicy validated,
            int revision,
            RoutePlanner planner,
            MessageStore store,
            @Nullable ApplicationAnswers applicationAnswers,
            AckWriter ackWriter,
            EngineEvents events,
            EngineClock clock) {
        this.policy = policy;
        this.revision = revision;
        this.envelopeCheck = new EnvelopeCheck(policy);
        this.sequence = policy.sequence() == null ? null : new SequenceStage(policy.listener(), policy.sequence());
        this.toleranceCheck = new ToleranceCheck(policy, events);
        this.validation = new ValidationStage(policy, validated, events);
        this.planner = planner;
        this.store = store;
        this.acknowledger = new Acknowledger(policy, ackWriter);
        this.acknowledgements =
                new AcknowledgementStage(this, policy.listener(), acknowledger, applicationAnswers, events, clock);
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
        take(received, reply);
    }

    private void take(Received received, Reply reply) {
        Message message = null;
        Planned planned;
        try {
            message = Message.read(received.bytes());
            planned = planned(received, message, reply);
        } catch (UnreadableMessageException e) {
            unreadable(received, e, reply);
            return;
        } catch (RuntimeException e) {
            engineFault(received, message, e, reply);
            return;
        }
        if (planned != null) {
            append(received, message, planned, reply);
        }
    }

    /**
     * A message on its way to the store.
     *
     * @param routed how many deliveries its routes made
     * @param unrouted whether no route has to do with it
     * @param judgements what validation says of it
     */
    private record Planned(NewMessage stored, int routed, boolean unrouted, List<Judgement> judgements) {}

    /** What to store, or null where the message was turned away and has been dealt with. */
    private @Nullable Planned planned(Received received, Message message, Reply reply) {
        if (Envelope.isAcknowledgement(message)) {
            acknowledgements.take(received, message, reply);
            return null;
        }
        List<Rejection> rejections = envelopeCheck.check(message.header());
        if (!rejections.isEmpty()) {
            reject(received, message, rejections, reply);
            return null;
        }
        SequenceStage.Number number = sequence == null ? SequenceStage.Number.NONE : sequence.of(message.header());
        if (number.problem() != null) {
            reject(received, message, List.of(number.problem()), reply);
            return null;
        }
        if (number.start() != null) {
            startLink(received, message, number.start(), reply);
            return null;
        }
        toleranceCheck.check(message);
        long receivedMillis = clock.wallMillis();
        Origin origin = new Origin(policy.listener(), policy.facility(), receivedMillis);
        Verdict verdict = validation.check(message, origin);
        if (verdict.response() == Response.REJECT) {
            List<Judgement> judgements = validation.judgements(verdict, List.of());
            reject(received, message, validation.rejections(verdict), judgements, reply);
            return null;
        }
        Plan plan = planner.plan(message, origin);
        List<Judgement> judgements = validation.judgements(verdict, plan.judgements());
        if (plan.isUnrouted() && policy.onNoRoute() == AcceptPolicy.NoRoute.REJECT) {
            Rejection noRoute = new Rejection(RejectReason.NO_ROUTE, plan.whyUnrouted());
            reject(received, message, List.of(noRoute), judgements, reply);
            return null;
        }
        NewMessage stored = new NewMessage(
                policy.listener(),
                policy.facility(),
                received.remote(),
                received.bytes(),
                Envelope.businessKeys(message),
                Envelope.duplicateKey(message, policy.duplicates()),
                receivedMillis,
                received.receivedNanos(),
                acknowledger.form(message.header()).code(),
                revision,
                received.batch(),
                number.claim(),
                received.chain(),
                withLaterAck(deliveries(plan, verdict), message, receivedMillis));
        return new Planned(stored, plan.deliveries().size(), plan.isUnrouted(), judgements);
    }

    /** What is to be held waits with its deliveries, so that an operator finds it by them. */
    private List<NewDelivery> deliveries(Plan plan, Verdict verdict) {
        boolean unrouted = plan.isUnrouted();
        if (verdict.response() == Response.HOLD) {
            String why = "invalid: " + verdict.summary();
            return plan.deliveries().isEmpty()
                    ? List.of(Unrouted.held(why))
                    : plan.deliveries().stream()
                            .map(delivery -> delivery.held(why))
                            .toList();
        }
        boolean held = unrouted && policy.onNoRoute() == AcceptPolicy.NoRoute.HOLD;
        return held ? List.of(Unrouted.held(plan.whyUnrouted())) : plan.deliveries();
    }

    /** The application acknowledgement is one delivery more, and durable with the message (R21). */
    private List<NewDelivery> withLaterAck(List<NewDelivery> deliveries, Message message, long receivedMillis) {
        NewDelivery later = acknowledger.later(message, this::refusalId, receivedMillis);
        if (later == null) {
            return deliveries;
        }
        List<NewDelivery> all = new ArrayList<>(deliveries);
        all.add(later);
        return all;
    }

    private void append(Received received, Message message, Planned planned, Reply reply) {
        store.append(
                planned.stored(),
                new Then(reply.executor(), result -> appended(received, message, planned, result, reply)));
    }

    /** Runs after the commit: from here on, and never before, the sender may be told (R16, P1). */
    private void appended(Received received, Message message, Planned planned, AppendResult result, Reply reply) {
        Duration took = sinceReceipt(received);
        switch (result.outcome()) {
            case STORED -> {
                events.accepted(policy.listener(), result.messageId(), planned.routed(), took);
                if (planned.unrouted()) {
                    boolean held = planned.stored().deliveries().stream()
                            .anyMatch(delivery -> delivery.state() == DeliveryState.HELD);
                    events.unrouted(policy.listener(), result.messageId(), held);
                }
                if (result.sameIdOtherBytes()) {
                    events.warned(policy.listener(), ToleranceCheck.SAME_CONTROL_ID_OTHER_BYTES);
                }
                validation.tell(message, planned.judgements(), result, false);
                acknowledge(message, result, reply);
            }
            case DUPLICATE -> {
                events.duplicate(policy.listener(), result.messageId(), took);
                acknowledge(message, result, reply);
            }
            case REFUSED -> {
                Rejection storage =
                        new Rejection(RejectReason.STORAGE, "the message could not be stored; send it again later");
                refuse(received, message, List.of(storage), Refusal.STORAGE, reply);
            }
            case OUT_OF_SEQUENCE -> {
                // Not kept: its sender has it, and sends it again when its turn comes.
                String expected = Long.toString(result.expectedNumber());
                Rejection outOfSequence =
                        new Rejection(RejectReason.OUT_OF_SEQUENCE, "the sequence number " + expected + " is expected");
                refuse(received, message, List.of(outOfSequence), Refusal.UNACCEPTABLE, expected, reply);
            }
        }
    }

    /** A message that only starts or resynchronises a link is answered with what comes next (R33, R35). */
    private void startLink(Received received, Message message, SequenceLink link, Reply reply) {
        boolean again = SequenceStage.isResynchronisation(message);
        if (SequenceStage.hasContent(message)) {
            String why = "a message that starts a link is not routed, and this one holds more than an MSH";
            keep(received, new Rejection(RejectReason.LINK_CONTENT, why), reply.executor());
        }
        SequenceState adopting = SequenceState.accepted(link, SequenceState.ADOPT_NEXT, clock.wallMillis());
        SequenceChange change = again ? before -> adopting : SequenceChange.NONE;
        store.changeSequence(link, change, reply.executor(), reading -> {
            if (reading.refusal().isEmpty()) {
                long expected = SequenceState.expected(reading.after());
                events.linkStarted(policy.listener(), again, sinceReceipt(received));
                reply.send(acknowledger.linked(message, refusalId(), clock.wallMillis(), expected));
            } else {
                Rejection storage =
                        new Rejection(RejectReason.STORAGE, "the link could not be started; start it again later");
                refuse(received, message, List.of(storage), Refusal.STORAGE, reply);
            }
        });
    }

    private void acknowledge(Message message, AppendResult result, Reply reply) {
        AckForm form = AckForm.ofCode(result.ackForm());
        acknowledger.accepted(message, result.messageId(), result.storedMillis(), form, reply);
    }

    /** A message that may not be taken is kept for the operators, then answered. */
    private void reject(Received received, Message message, List<Rejection> rejections, Reply reply) {
        reject(received, message, rejections, List.of(), reply);
    }

    private void reject(
            Received received, Message message, List<Rejection> rejections, List<Judgement> judgements, Reply reply) {
        Rejection first = rejections.get(0);
        quarantine(received, first.reason().code(), first.detail(), reply.executor(), result -> {
            validation.tell(message, judgements, result, true);
            refuse(received, message, rejections, kept(first.reason(), result), reply);
        });
    }

    /** What was turned away is in safe storage as well; where it is not, nobody may say that it is (R46). */
    static Refusal kept(RejectReason reason, AppendResult result) {
        return result.outcome() == AppendResult.Outcome.STORED ? reason.refusal() : Refusal.STORAGE;
    }

    private void refuse(Received received, Message message, List<Rejection> rejections, Refusal refusal, Reply reply) {
        String sent = sequence == null ? "" : SequenceStage.echo(message.header());
        refuse(received, message, rejections, refusal, sent, reply);
    }

    private void refuse(
            Received received,
            Message message,
            List<Rejection> rejections,
            Refusal refusal,
            String expected,
            Reply reply) {
        RejectReason reason = rejections.get(0).reason();
        events.rejected(policy.listener(), reason.code(), sinceReceipt(received));
        List<AckFault> faults = rejections.stream().map(Rejection::fault).toList();
        reply.refuse(
                refusal,
                acknowledger.refused(message, reason.disposition(), refusalId(), clock.wallMillis(), faults, expected));
    }

    private void unreadable(Received received, UnreadableMessageException problem, Reply reply) {
        RejectReason reason = RejectReason.of(problem.reason());
        String detail = problem.reason().description() + " (byte " + problem.offset() + ')';
        refuseUnreadable(received, new Rejection(reason, detail), reply);
    }

    private void refuseUnreadable(Received received, Rejection rejection, Reply reply) {
        RejectReason reason = rejection.reason();
        quarantine(received, reason.code(), rejection.detail(), reply.executor(), result -> {
            events.rejected(policy.listener(), reason.code(), sinceReceipt(received));
            reply.refuse(
                    kept(reason, result), acknowledger.unreadable(refusalId(), clock.wallMillis(), rejection.fault()));
        });
    }

    /** A message that meets a bug must neither be lost nor hold up the ones behind it. */
    private void engineFault(Received received, @Nullable Message message, RuntimeException fault, Reply reply) {
        // Its text may hold a value of the message, so only the place is told.
        StackTraceElement[] trace = fault.getStackTrace();
        LOG.error(
                "listener {}: a fault of the engine met a message of {} bytes, which goes to quarantine: {} at {}",
                policy.listener(),
                received.bytes().length,
                fault.getClass().getName(),
                trace.length == 0 ? "an unknown place" : trace[0]);
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

    /** Whether a fragment may be kept; where not, it has been turned away as a message would be. */
    boolean mayBeKept(Received fragment, Message message, Reply reply) {
        List<Rejection> rejections = envelopeCheck.check(message.header());
        if (!rejections.isEmpty()) {
            refuseMessage(fragment, message, rejections.get(0), reply);
        }
        return rejections.isEmpty();
    }

    /** Turns away what can be read, and keeps it in quarantine. */
    void refuseMessage(Received received, Message message, Rejection rejection, Reply reply) {
        events.received(policy.listener(), received.bytes().length);
        reject(received, message, List.of(rejection), reply);
    }

    /** Turns away what can be read and is to be sent again; nothing of it is kept. */
    void refuseForNow(Received received, Message message, Rejection rejection, Reply reply) {
        events.received(policy.listener(), received.bytes().length);
        refuse(received, message, List.of(rejection), rejection.reason().refusal(), reply);
    }

    Acknowledger acknowledger() {
        return acknowledger;
    }

    /** What fragments are kept as. */
    NewFragment fragment(Received received, Message message, MessageFragment part, FragmentLimits limits) {
        return new NewFragment(
                policy.listener(),
                received.remote(),
                Envelope.channel(message),
                part.follows(),
                part.pointer(),
                message.header().controlId(),
                received.bytes(),
                clock.wallMillis(),
                acknowledger.form(message.header()).code(),
                limits);
    }

    /** How long repetitions are known. */
    Duration duplicates() {
        return policy.duplicates();
    }

    EngineEvents events() {
        return events;
    }

    EngineClock clock() {
        return clock;
    }

    /** Keeps input that met a bug before any message was made of it, and refuses it. */
    void inputFault(Received received, RuntimeException fault, Reply reply) {
        events.received(policy.listener(), received.bytes().length);
        engineFault(received, null, fault, reply);
    }

    /** Tells of what is odd in input that is taken all the same. */
    void warned(String code) {
        events.warned(policy.listener(), code);
    }

    long wallMillis() {
        return clock.wallMillis();
    }

    @Override
    public void tooLong(Received head, int limit, Reply reply) {
        events.received(policy.listener(), head.bytes().length);
        Rejection rejection = new Rejection(
                RejectReason.TOO_LONG, "the message is longer than the " + limit + " bytes that this listener takes");
        try {
            Message message = Message.read(head.bytes());
            // Cut off inside MSH, even MSH-10 may be a part only.
            if (message.segmentCount() > 1) {
                reject(head, message, List.of(rejection), reply);
            } else {
                refuseUnreadable(head, rejection, reply);
            }
        } catch (UnreadableMessageException e) {
            unreadable(head, e, reply);
        } catch (RuntimeException e) {
            engineFault(head, null, e, reply);
        }
    }

    @Override
    public void unframed(Received received, UnframedReason reason, SerialExecutor executor) {
        quarantine(received, reason.code(), "not a whole frame", executor, result -> {});
    }

    void quarantine(
            Received received, String reason, String detail, SerialExecutor executor, Consumer<AppendResult> then) {
        store.quarantine(
                new Quarantined(
                        policy.listener(), received.remote(), received.bytes(), reason, detail, clock.wallMillis()),
                new Then(executor, result -> {
                    if (result.outcome() == AppendResult.Outcome.STORED) {
                        events.quarantined(policy.listener(), reason, received.bytes().length);
                    }
                    then.accept(result);
                }));
    }

    @Override
    public boolean isSaturated() {
        return store.isSaturated();
    }

    @Override
    public void whenRelieved(SerialExecutor executor, Runnable task) {
        store.whenRelieved(executor, task);
    }

    Duration sinceReceipt(Received received) {
        return Duration.ofNanos(clock.nanoTime() - received.receivedNanos());
    }

    /** MSH-10 of an answer to what has no id in the store: unique among this engine's answers. */
    String refusalId() {
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
