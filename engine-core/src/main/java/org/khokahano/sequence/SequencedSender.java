package org.khokahano.sequence;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;
import org.khokahano.send.Sender;
import org.khokahano.sequence.SequenceSettings.Behind;
import org.khokahano.sequence.SequenceSettings.Start;
import org.khokahano.store.MessageStore;
import org.khokahano.store.SequenceLink;
import org.khokahano.store.SequenceReading;
import org.khokahano.store.SequenceState;
import org.khokahano.store.SequenceState.Status;

/**
 * Numbers the messages of one lane (2.10.1), which sends one at a time. A number is durable before its
 * message is sent, so that a resend has the same bytes after a crash too (R30); the price is one commit
 * for each message.
 *
 * <p>The store's state is the only one: what an operator sets there counts from the next message on.
 * Where the partner's number does not fit, the send ends as {@link OutcomeKind#SEQUENCE}, which stops the
 * lane for an operator unless the answer table says otherwise; the next send then asks the partner again.
 */
public final class SequencedSender implements Sender {

    private static final Duration GIVE_BACK_AGAIN_AFTER = Duration.ofSeconds(1);

    private final String name;
    private final SequenceSettings settings;
    private final SequenceLink link;
    private final SequenceSteps steps;
    private final Sender sender;
    private final MessageStore store;
    private final SerialExecutor executor;
    private final EngineClock clock;
    private final String startPrefix;
    private long starts;
    private boolean startDue;

    /** Numbers whose end this life of the engine has seen; 0 where it has seen none. */
    private long refused;

    private long accepted;

    /** The message that is being sent. */
    private final class Sending {
        final long messageId;
        final long deliveryId;
        final byte[] payload;
        final Consumer<SendOutcome> outcome;

        /** Whether it may have reached the partner without our having seen its answer. */
        boolean sentBefore;

        boolean restarted;

        Sending(long messageId, long deliveryId, byte[] payload, Consumer<SendOutcome> outcome) {
            this.messageId = messageId;
            this.deliveryId = deliveryId;
            this.payload = payload;
            this.outcome = outcome;
        }

        void freeze(byte @Nullable [] answer, String why, boolean outcomeUnknown) {
            startDue = settings.start() != Start.NONE;
            outcome.accept(SendOutcome.outOfSequence(answer, why, outcomeUnknown));
        }
    }

    /** @param sender the way to the partner, of which this becomes the only user */
    public SequencedSender(
            String destination,
            SequenceSettings settings,
            Sender sender,
            MessageStore store,
            SerialExecutor executor,
            EngineClock clock) {
        this.name = destination;
        this.settings = settings;
        this.link = SequenceLink.ofDestination(destination);
        this.steps = new SequenceSteps(link, settings.first(), settings.start() == Start.NONE);
        this.sender = sender;
        this.store = store;
        this.executor = executor;
        this.clock = clock;
        this.startDue = settings.start() != Start.NONE;
        this.startPrefix = "Q" + Long.toString(clock.wallMillis(), Character.MAX_RADIX) + '.';
    }

    @Override
    public void send(byte[] payload, Consumer<SendOutcome> outcome) {
        throw new IllegalStateException("destination " + name + " numbers deliveries, and this is none");
    }

    @Override
    public void send(long messageId, long deliveryId, byte[] payload, Consumer<SendOutcome> outcome) {
        Sending sending = new Sending(messageId, deliveryId, payload, outcome);
        boolean ask = startDue;
        store.changeSequence(
                link,
                ask ? before -> before : steps.take(deliveryId, refused, accepted, clock.wallMillis()),
                executor,
                reading -> taken(sending, ask, reading));
    }

    private void taken(Sending sending, boolean ask, SequenceReading reading) {
        if (notKept(sending, reading)) {
            return;
        }
        SequenceState before = reading.before();
        SequenceState after = reading.after();
        sending.sentBefore = before != null && before.deliveryId() == sending.deliveryId && before.number() != refused;
        if (!ask && after != null && SequenceSteps.isGiven(after, sending.deliveryId)) {
            sendNumbered(sending, after.number());
        } else if (before != null && before.status() == Status.RESYNCHRONISE) {
            start(sending, SequenceState.ADOPT_NEXT);
        } else if (settings.start() == Start.NONE) {
            sending.freeze(
                    null,
                    "it is not known whether the partner has accepted number "
                            + (before == null ? 0 : before.number())
                            + ", and 'start: none' does not let it be asked; set the number",
                    sending.sentBefore);
        } else {
            start(sending, settings.start() == Start.RESYNCHRONISE ? SequenceState.ADOPT_NEXT : 0);
        }
    }

    private boolean notKept(Sending sending, SequenceReading reading) {
        if (reading.refusal().isEmpty()) {
            return false;
        }
        String why = "the store cannot keep the sequence number: " + reading.refusal();
        sending.outcome.accept(SendOutcome.withoutAnswer(OutcomeKind.REFUSED, why, false));
        return true;
    }

    /** @param number 0 to ask what the partner expects, -1 to have it adopt the next number */
    private void start(Sending sending, long number) {
        byte[] start;
        try {
            String controlId = startPrefix + Long.toString(++starts, Character.MAX_RADIX);
            start = NumberedMessages.start(sending.payload, number, controlId, clock.wallMillis());
        } catch (UnreadableMessageException e) {
            unreadable(sending);
            return;
        }
        sender.send(sending.messageId, sending.deliveryId, start, answer -> started(sending, number, answer));
    }

    /** A message that cannot be read would stop the lane for ever if it were a case for an operator. */
    private static void unreadable(Sending sending) {
        sending.outcome.accept(SendOutcome.outOfSequence(
                null, "the message has no MSH that a sequence number could be written into; skip it", false));
    }

    private void started(Sending sending, long number, SendOutcome answer) {
        OptionalLong expected = NumberedMessages.expected(answer.answer());
        switch (answer.kind()) {
            case AA, CA -> {
                if (expected.isPresent() && expectedFits(number, expected.getAsLong())) {
                    resolve(sending, expected.getAsLong(), answer);
                } else {
                    sending.freeze(
                            answer.answer(), "MSA-4 of the answer to the start of the link holds no number", false);
                }
            }
            case AE, CE ->
                sending.freeze(
                        answer.answer(),
                        "the partner answered the start of the link with "
                                + answer.kind().key(),
                        false);
            case AR, CR, NO_MSA, UNREADABLE, TIMEOUT, REFUSED, RESET, SEQUENCE, UNSENDABLE ->
                // The message itself was not sent: whether it goes twice does not depend on this.
                sending.outcome.accept(new SendOutcome(
                        answer.kind(), answer.answer(), "at the start of the link: " + answer.detail(), false));
        }
    }

    /** To -1 the answer is -1; to 0 it is -1 or the number that comes next. */
    private static boolean expectedFits(long number, long expected) {
        return expected == SequenceState.ADOPT_NEXT || (number == 0 && expected > 0);
    }

    private void resolve(Sending sending, long expected, SendOutcome answer) {
        store.changeSequence(
                link, steps.resolve(sending.deliveryId, expected, clock.wallMillis()), executor, reading -> {
                    if (!notKept(sending, reading)) {
                        resolved(sending, expected, answer, reading);
                    }
                });
    }

    private void resolved(Sending sending, long expected, SendOutcome answer, SequenceReading reading) {
        SequenceState before = reading.before();
        SequenceState after = reading.after();
        boolean own = before != null && before.deliveryId() == sending.deliveryId;
        if (before != null && own && sending.sentBefore && expected == before.number() + 1) {
            startDue = false;
            lostAcknowledgement(sending, before.number(), answer);
        } else if (after != null
                && SequenceSteps.isGiven(after, sending.deliveryId)
                && (expected == SequenceState.ADOPT_NEXT || expected == after.number())) {
            startDue = false;
            sendNumbered(sending, after.number());
        } else {
            sending.freeze(answer.answer(), mismatch(expected, before == null ? 0 : next(before, own)), false);
        }
    }

    private static long next(SequenceState state, boolean own) {
        return own ? state.number() : state.number() + 1;
    }

    private static String mismatch(long expected, long next) {
        return "the partner expects sequence number " + expected + ", and this engine's next is " + next
                + "; set one of them";
    }

    private void sendNumbered(Sending sending, long number) {
        byte[] numbered;
        try {
            numbered = NumberedMessages.numbered(sending.payload, number);
        } catch (UnreadableMessageException e) {
            unreadable(sending);
            return;
        }
        sender.send(sending.messageId, sending.deliveryId, numbered, answer -> answered(sending, number, answer));
    }

    private void answered(Sending sending, long number, SendOutcome answer) {
        boolean positive = answer.kind() == OutcomeKind.AA || answer.kind() == OutcomeKind.CA;
        OptionalLong said = NumberedMessages.expected(answer.answer());
        boolean acknowledged = answer.detail().isEmpty() && answer.answer() != null;
        long expected = said.orElse(number);
        if (expected == number || !acknowledged) {
            boolean notAccepted = !positive
                    && (acknowledged && said.isPresent()
                            || !sending.sentBefore && (acknowledged || !answer.outcomeUnknown()));
            note(number, positive, acknowledged);
            ended(sending, number, notAccepted, () -> sending.outcome.accept(answer));
        } else if (expected == number + 1) {
            ahead(sending, number, positive, answer);
        } else if (expected > 0
                && expected < number
                && settings.behind() == Behind.RESTART
                && settings.start() != Start.NONE
                && !sending.restarted) {
            sending.restarted = true;
            sending.sentBefore = positive;
            start(sending, 0);
        } else {
            ended(
                    sending,
                    number,
                    !positive,
                    () -> sending.freeze(answer.answer(), mismatch(expected, number), positive));
        }
    }

    /** The partner has accepted the number: now, or before if its acknowledgement was lost (R36). */
    private void ahead(Sending sending, long number, boolean positive, SendOutcome answer) {
        if (positive) {
            note(number, true, true);
            sending.outcome.accept(answer);
        } else if (sending.sentBefore) {
            lostAcknowledgement(sending, number, answer);
        } else {
            String why = "the partner has accepted number " + number
                    + " before, and this message was never sent; set the number";
            ended(sending, number, true, () -> sending.freeze(answer.answer(), why, false));
        }
    }

    /**
     * Ends a try. The number of a message that was certainly not accepted is taken back first, durably: with it, the
     * next try, perhaps of the next life of the engine, would take the partner's "expected + 1" for a lost
     * acknowledgement of this message.
     */
    private void ended(Sending sending, long number, boolean notAccepted, Runnable end) {
        if (notAccepted) {
            store.changeSequence(
                    link, steps.giveBack(sending.deliveryId, number, clock.wallMillis()), executor, reading -> {
                        if (reading.refusal().isEmpty()) {
                            end.run();
                        } else {
                            // The partner took nothing, and nobody may come to think so: the try goes on until it is
                            // kept.
                            executor.schedule(() -> ended(sending, number, true, end), GIVE_BACK_AGAIN_AFTER);
                        }
                    });
        } else {
            end.run();
        }
    }

    private void lostAcknowledgement(Sending sending, long number, SendOutcome answer) {
        note(number, true, true);
        String why = "number " + number + " was accepted before; its acknowledgement was lost";
        sending.outcome.accept(new SendOutcome(OutcomeKind.AA, answer.answer(), why, false));
    }

    private void note(long number, boolean positive, boolean known) {
        accepted = positive ? number : 0;
        refused = !positive && known ? number : 0;
    }

    @Override
    public void close() {
        sender.close();
    }
}
