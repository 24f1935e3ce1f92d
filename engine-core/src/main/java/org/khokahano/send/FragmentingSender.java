package org.khokahano.send;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.khokahano.message.MessageSplit;

/**
 * Sends a message that is too long for its partner in fragments (2.10.2, R38-R40), each after the one
 * before it was acknowledged. Whatever ends one of them otherwise ends the whole send, and trying again
 * begins with the first: the fragments of a delivery have the same ids and bytes whenever they are made
 * (R30), so that the partner knows those that it has.
 */
public final class FragmentingSender implements Sender {

    /** Leaves room for the number behind it in an MSH-10 of 20 characters. */
    private static final int STEM_DIGITS = 13;

    private final Sender partner;
    private final int longestBytes;
    private final Predicate<OutcomeKind> goesOn;

    /**
     * @param longestBytes the longest message that the partner takes whole
     * @param goesOn which outcomes of a fragment mean that the partner has it
     */
    public FragmentingSender(Sender partner, int longestBytes, Predicate<OutcomeKind> goesOn) {
        this.partner = partner;
        this.longestBytes = longestBytes;
        this.goesOn = goesOn;
    }

    @Override
    public void send(byte[] payload, Consumer<SendOutcome> outcome) {
        send(0, 0, payload, outcome);
    }

    @Override
    public void send(long messageId, long deliveryId, byte[] payload, Consumer<SendOutcome> outcome) {
        if (payload.length <= longestBytes) {
            partner.send(messageId, deliveryId, payload, outcome);
            return;
        }
        String stem = "F" + Long.toString(deliveryId, Character.MAX_RADIX).toUpperCase(Locale.ROOT);
        List<byte[]> fragments =
                MessageSplit.split(payload, longestBytes, stem.substring(0, Math.min(stem.length(), STEM_DIGITS + 1)));
        new Sequence(messageId, deliveryId, fragments, outcome).send(0);
    }

    /** One message on its way. */
    private final class Sequence {
        private final long messageId;
        private final long deliveryId;
        private final List<byte[]> fragments;
        private final Consumer<SendOutcome> outcome;

        Sequence(long messageId, long deliveryId, List<byte[]> fragments, Consumer<SendOutcome> outcome) {
            this.messageId = messageId;
            this.deliveryId = deliveryId;
            this.fragments = fragments;
            this.outcome = outcome;
        }

        void send(int number) {
            partner.send(messageId, deliveryId, fragments.get(number), ended -> ended(number, ended));
        }

        private void ended(int number, SendOutcome ended) {
            boolean last = number == fragments.size() - 1;
            if (!last && goesOn.test(ended.kind())) {
                send(number + 1);
            } else if (fragments.size() == 1 || (last && goesOn.test(ended.kind()))) {
                outcome.accept(ended);
            } else {
                String detail = "fragment " + (number + 1) + " of " + fragments.size()
                        + (ended.detail().isEmpty() ? "" : ": " + ended.detail());
                // The partner has those before, and will see them again.
                boolean unknown = ended.outcomeUnknown() || number > 0;
                outcome.accept(new SendOutcome(ended.kind(), ended.answer(), detail, unknown));
            }
        }
    }

    @Override
    public void close() {
        partner.close();
    }
}
