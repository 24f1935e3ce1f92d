package org.khokahano.store;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.khokahano.send.SendOutcome;

/**
 * An application acknowledgement that came in.
 *
 * @param awaited MSA-2, and MSH-3 and MSH-4 of the acknowledgement
 * @param destination the destination on whose connection it came; null where it came by itself
 * @param outcome what it says
 * @param endOf the state that it leaves a delivery to a destination in; called on the store's writer
 * @param atMillis wall time
 */
public record ApplicationAnswer(
        Awaited awaited,
        @Nullable String destination,
        SendOutcome outcome,
        Function<String, DeliveryState> endOf,
        long atMillis) {}
