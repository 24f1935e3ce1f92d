package org.khokahano.accept;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.khokahano.accept.Reply.Refusal;
import org.khokahano.ack.AckFault;
import org.khokahano.event.EngineEvents;
import org.khokahano.loop.EngineClock;
import org.khokahano.message.Message;
import org.khokahano.send.ApplicationAnswers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of an acknowledgement that comes to a listener: a delivery may wait for it as its
 * application acknowledgement (R21); else it is dropped, or kept where it is not positive (R32).
 */
final class AcknowledgementStage {

    private static final Logger LOG = LoggerFactory.getLogger(AcknowledgementStage.class);

    private static final AckFault UNSOLICITED =
            RejectReason.UNSOLICITED_ACK.fault("nobody waits for this acknowledgement any more, or ever did");

    private static final AckFault NOT_STORED =
            RejectReason.STORAGE.fault("the acknowledgement could not be stored; send it again later");

    private static final byte COMMITTED = 0x06;
    private static final byte NOT_COMMITTED = 0x15;

    private final Refusals refusals;
    private final String listener;
    private final Acknowledger acknowledger;
    private final @Nullable ApplicationAnswers answers;
    private final EngineEvents events;
    private final EngineClock clock;
    private final AtomicBoolean told = new AtomicBoolean();

    /**
     * @param refusals keeps what is not taken, and gives ids
     * @param answers takes what deliveries may wait for; null where none does
     */
    AcknowledgementStage(
            Refusals refusals,
            String listener,
            Acknowledger acknowledger,
            @Nullable ApplicationAnswers answers,
            EngineEvents events,
            EngineClock clock) {
        this.refusals = refusals;
        this.listener = listener;
        this.acknowledger = acknowledger;
        this.answers = answers;
        this.events = events;
        this.clock = clock;
    }

    void take(Received received, Message acknowledgement, Reply reply) {
        if (answers == null) {
            dropUnsolicited(received, acknowledgement, reply);
            return;
        }
        answers.arrived(received.bytes(), null, reply.executor(), arrival -> {
            switch (arrival) {
                case MATCHED -> {
                    events.acknowledgementTaken(listener, refusals.sinceReceipt(received));
                    reply.send(receipt(acknowledgement, List.of()));
                }
                case REFUSED -> {
                    events.rejected(listener, RejectReason.STORAGE.code(), refusals.sinceReceipt(received));
                    reply.refuse(Refusal.STORAGE, receipt(acknowledgement, List.of(NOT_STORED)));
                }
                case UNSOLICITED -> dropUnsolicited(received, acknowledgement, reply);
            }
        });
    }

    /** Only for an application acknowledgement, and not for one that is about such a receipt: that would go on for ever. */
    private byte @Nullable [] receipt(Message acknowledgement, List<AckFault> faults) {
        if (Envelope.isAcceptAcknowledgement(acknowledgement)
                || refusals.isOwnId(Envelope.acknowledged(acknowledgement))) {
            return null;
        }
        return acknowledger.receipt(acknowledgement, faults, refusals.nextId(), clock.wallMillis());
    }

    /** One in an exchange of its own, which asks for its end, has that: its sender would send it again for ever. */
    private void dropUnsolicited(Received received, Message acknowledgement, Reply reply) {
        byte[] receipt = receipt(acknowledgement, List.of(UNSOLICITED));
        drop(received, Envelope.isNegative(acknowledgement), receipt, reply);
    }

    /** Whether it is a commit acknowledgement of MLLP release 2 (R46) in a place where none is due. */
    static boolean isCommit(byte[] input) {
        return input.length == 1 && (input[0] == COMMITTED || input[0] == NOT_COMMITTED);
    }

    /** An answer to it would be content to a partner that speaks release 2, and committed again, for ever. */
    void takeCommit(Received received, Reply reply) {
        drop(received, received.bytes()[0] == NOT_COMMITTED, null, reply);
    }

    /**
     * An acknowledgement is never acknowledged, or two engines would go on for ever (R32). One that is
     * positive asks nothing of anybody; the others are kept, since they may tell of a lost message.
     *
     * @param receipt what ends an exchange of its own; null where it asks for nothing
     */
    private void drop(Received received, boolean negative, byte @Nullable [] receipt, Reply reply) {
        String reason = RejectReason.UNSOLICITED_ACK.code();
        if (told.compareAndSet(false, true)) {
            LOG.warn(
                    "listener {}: {} sent an acknowledgement that nobody waits for; it is dropped, as are later ones,"
                            + " and counted as {}",
                    listener,
                    received.remote(),
                    reason);
        }
        if (negative) {
            String detail = "an acknowledgement that is not positive and that nobody waits for";
            refusals.quarantine(received, reason, detail, reply.executor(), result -> {
                dropped(received, Refusals.kept(RejectReason.UNSOLICITED_ACK, result), receipt, reply);
            });
        } else {
            dropped(received, RejectReason.UNSOLICITED_ACK.refusal(), receipt, reply);
        }
    }

    private void dropped(Received received, Refusal refusal, byte @Nullable [] receipt, Reply reply) {
        events.rejected(listener, RejectReason.UNSOLICITED_ACK.code(), refusals.sinceReceipt(received));
        reply.refuse(refusal, receipt);
    }
}
