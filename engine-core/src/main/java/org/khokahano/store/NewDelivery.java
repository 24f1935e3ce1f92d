package org.khokahano.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A delivery to be appended with its message. Which lane takes it is found when it is committed.
 *
 * @param destination the destination's name
 * @param keyHash hash of the ordering key's value, 0 where none is set
 * @param payload what the partner gets, or null for the received bytes as they are
 * @param state QUEUED, or HELD with the reason why it may not go yet
 * @param reason why it is held, without message content; empty otherwise
 * @param codes what it waits for where it is held for want of rows in code tables; empty otherwise
 */
public record NewDelivery(
        String destination,
        int keyHash,
        byte @Nullable [] payload,
        DeliveryState state,
        String reason,
        List<WaitingCode> codes) {

    public NewDelivery {
        codes = List.copyOf(codes);
    }

    /** A delivery that waits for no code. */
    public NewDelivery(String destination, int keyHash, byte @Nullable [] payload, DeliveryState state, String reason) {
        this(destination, keyHash, payload, state, reason, List.of());
    }

    public static NewDelivery asReceived(String destination, int keyHash) {
        return new NewDelivery(destination, keyHash, null, DeliveryState.QUEUED, "");
    }

    /** The same delivery with what a mapping made for this partner. */
    public NewDelivery carrying(byte[] mapped) {
        return new NewDelivery(destination, keyHash, mapped, state, reason);
    }

    /** The same delivery, kept out of its lane until an operator decides; the reason holds no content. */
    public NewDelivery held(String why) {
        return new NewDelivery(destination, keyHash, payload, DeliveryState.HELD, why);
    }

    /** The same delivery, kept out of its lane until code tables have rows for all these codes. */
    public NewDelivery waiting(String why, List<WaitingCode> missing) {
        return new NewDelivery(destination, keyHash, payload, DeliveryState.HELD, why, WaitingCode.distinct(missing));
    }

    @Override
    public String toString() {
        return "new delivery to " + destination;
    }
}
