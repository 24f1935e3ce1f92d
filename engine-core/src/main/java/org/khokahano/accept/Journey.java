package org.khokahano.accept;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.accept.Reply.Refusal;
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
import org.khokahano.store.DeliveryState;
import org.khokahano.store.MessageStore;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.NewMessage;
import org.khokahano.store.SequenceChange;
import org.khokahano.store.SequenceLink;
import org.khokahano.store.SequenceState;
import org.khokahano.store.fragment.FragmentLimits;
import org.khokahano.store.fragment.NewFragment;
import org.khokahano.validation.Judgement;
import org.khokahano.validation.Response;
import org.khokahano.validation.ValidationPolicy;
import org.khokahano.validation.ValidationPolicy.Verdict;

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
    private final Refusals refusals;

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
        this.refusals = new Refusals(policy, store, acknowledger, validation, events, clock);
        this.acknowledgements =
                new AcknowledgementStage(refusals, policy.listener(), acknowledger, applicationAnswers, events, clock);
        this.events = events;
        this.clock = clock;
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
            if (AcknowledgementStage.isCommit(received.bytes())) {
                acknowledgements.takeCommit(received, reply);
            } else {
                refusals.unreadable(received, e, reply);
            }
            return;
        } catch (RuntimeException e) {
            refusals.engineFault(received, message, e, reply);
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
        List<Rejection> rejections = envelopeCheck.check(message);
        if (!rejections.isEmpty()) {
            refusals.reject(received, message, rejections, reply);
            return null;
        }
        SequenceStage.Number number = sequence == null ? SequenceStage.Number.NONE : sequence.of(message.header());
        if (number.problem() != null) {
            refusals.reject(received, message, List.of(number.problem()), reply);
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
            refusals.reject(received, message, validation.rejections(verdict), judgements, reply);
            return null;
        }
        Plan plan = planner.plan(message, origin);
        List<Judgement> judgements = validation.judgements(verdict, plan.judgements());
        if (plan.isUnrouted() && policy.onNoRoute() == AcceptPolicy.NoRoute.REJECT) {
            Rejection noRoute = new Rejection(RejectReason.NO_ROUTE, plan.whyUnrouted());
            refusals.reject(received, message, List.of(noRoute), judgements, reply);
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
        NewDelivery later = acknowledger.later(message, refusals::nextId, receivedMillis);
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
                new AfterCommit(reply.executor(), result -> appended(received, message, planned, result, reply)));
    }

    /** Runs after the commit: from here on, and never before, the sender may be told (R16, P1). */
    private void appended(Received received, Message message, Planned planned, AppendResult result, Reply reply) {
        Duration took = refusals.sinceReceipt(received);
        switch (result.outcome()) {
            case STORED -> {
                events.accepted(policy.listener(), result.messageId(), planned.routed(), took);
                tellWhatWaits(planned, result.messageId());
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
                refusals.refuse(received, message, storage, Refusal.STORAGE, reply);
            }
            case OUT_OF_SEQUENCE -> {
                outOfSequence(received, message, Long.toString(result.expectedNumber()), reply);
            }
        }
    }

    /** Its sender has it, and sends it again when its turn comes; so it is kept only where it was said to be (R46). */
    private void outOfSequence(Received received, Message message, String expected, Reply reply) {
        RejectReason reason = RejectReason.OUT_OF_SEQUENCE;
        Rejection rejection = new Rejection(reason, "the sequence number " + expected + " is expected");
        if (reply.tellsWhatIsStored()) {
            refusals.reject(received, message, List.of(rejection), expected, reply, kept -> {});
        } else {
            refusals.refuse(received, message, rejection, reason.refusal(), expected, reply);
        }
    }

    private void tellWhatWaits(Planned planned, long messageId) {
        boolean held = false;
        List<NewDelivery> deliveries = planned.stored().deliveries();
        for (int i = 0; i < deliveries.size(); i++) {
            NewDelivery delivery = deliveries.get(i);
            if (delivery.state() == DeliveryState.HELD) {
                held = true;
                if (!planned.unrouted()) {
                    events.held(delivery.destination(), messageId, delivery.reason());
                }
            }
        }
        if (planned.unrouted()) {
            events.unrouted(policy.listener(), messageId, held);
        }
    }

    /** A message that only starts or resynchronises a link is answered with what comes next (R33, R35). */
    private void startLink(Received received, Message message, SequenceLink link, Reply reply) {
        boolean again = SequenceStage.isResynchronisation(message);
        if (SequenceStage.hasContent(message)) {
            String why = "a message that starts a link is not routed, and this one holds more than an MSH";
            refusals.keep(received, new Rejection(RejectReason.LINK_CONTENT, why), reply.executor());
        }
        SequenceState adopting = SequenceState.accepted(link, SequenceState.ADOPT_NEXT, clock.wallMillis());
        // Of a link that is not known whatever comes next is adopted anyway; anybody may send this.
        SequenceChange change = again ? before -> before == null ? null : adopting : SequenceChange.NONE;
        store.changeSequence(link, change, reply.executor(), reading -> {
            if (reading.refusal().isEmpty()) {
                long expected = SequenceState.expected(reading.after());
                events.linkStarted(policy.listener(), again, refusals.sinceReceipt(received));
                reply.send(acknowledger.linked(message, refusals.nextId(), clock.wallMillis(), expected));
            } else {
                Rejection storage =
                        new Rejection(RejectReason.STORAGE, "the link could not be started; start it again later");
                refusals.refuse(received, message, storage, Refusal.STORAGE, reply);
            }
        });
    }

    private void acknowledge(Message message, AppendResult result, Reply reply) {
        AckForm form = AckForm.ofCode(result.ackForm());
        acknowledger.accepted(message, result.messageId(), result.storedMillis(), form, reply);
    }

    /** Whether a fragment may be kept; where not, it has been turned away as a message would be. */
    boolean mayBeKept(Received fragment, Message message, Reply reply) {
        List<Rejection> rejections = envelopeCheck.check(message);
        if (!rejections.isEmpty()) {
            refusals.refuseMessage(fragment, message, rejections.get(0), reply);
        }
        return rejections.isEmpty();
    }

    /** What becomes of what is not taken. */
    Refusals refusals() {
        return refusals;
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
                new String(message.header().controlIdBytes(), StandardCharsets.ISO_8859_1),
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
                refusals.reject(head, message, List.of(rejection), reply);
            } else {
                refusals.refuseUnreadable(head, rejection, reply);
            }
        } catch (UnreadableMessageException e) {
            refusals.refuseInSilence(head, rejection, reply);
        } catch (RuntimeException e) {
            refusals.engineFault(head, null, e, reply);
        }
    }

    @Override
    public void unframed(Received received, UnframedReason reason, SerialExecutor executor) {
        refusals.quarantine(received, reason.code(), "not a whole frame", executor, result -> {});
    }

    @Override
    public boolean isSaturated() {
        return store.isSaturated();
    }

    @Override
    public void whenRelieved(SerialExecutor executor, Runnable task) {
        store.whenRelieved(executor, task);
    }
}
