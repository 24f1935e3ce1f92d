package org.khokahano.accept;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.event.FaultPlace;
import org.khokahano.message.Message;
import org.khokahano.message.MessageFragment;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.store.fragment.FragmentReading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the fragments of a message make: the message, or why none can ever be made of them. Neither where
 * they are done with, or cannot be read now.
 *
 * @param never why, with a sentence for the sender's staff and for operators
 */
record JoinedFragments(@Nullable Message whole, @Nullable Rejection never) {

    private static final Logger LOG = LoggerFactory.getLogger(JoinedFragments.class);

    private static final String AGAIN = "; what came is in quarantine: send the message again from its first fragment";
    private static final Rejection DAMAGED =
            new Rejection(RejectReason.DAMAGED_FRAGMENTS, "a fragment of the message is damaged in the store" + AGAIN);
    private static final Rejection FAULT = new Rejection(
            RejectReason.ENGINE_FAULT, "the engine failed to put the fragments of the message together" + AGAIN);
    private static final JoinedFragments NOTHING = new JoinedFragments(null, null);

    /** @param chain the message's number, for the log */
    static JoinedFragments of(long chain, FragmentReading reading) {
        return switch (reading.state()) {
            case READ -> joined(chain, reading.fragments());
            case DAMAGED -> new JoinedFragments(null, DAMAGED);
            case GONE, NOT_NOW -> NOTHING;
        };
    }

    private static JoinedFragments joined(long chain, List<byte[]> fragments) {
        try {
            List<Message> messages = new ArrayList<>();
            for (byte[] bytes : fragments) {
                messages.add(Message.read(bytes));
            }
            return new JoinedFragments(Message.read(MessageFragment.join(messages)), null);
        } catch (UnreadableMessageException | RuntimeException fault) {
            // What was read before it was stored can be read again: this is a bug.
            LOG.error(
                    "a fault of the engine met the fragments of unfinished message {}, which go to quarantine: {}",
                    chain,
                    FaultPlace.of(fault));
            return new JoinedFragments(null, FAULT);
        }
    }
}
