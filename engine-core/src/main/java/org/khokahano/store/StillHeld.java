package org.khokahano.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A held delivery that was planned again and stays held, for another reason perhaps.
 *
 * @param deliveryId the delivery; it must be HELD when this is written
 * @param why why it is held now, without message content
 * @param codes what it waits for from now on; null for what it waited for before
 * @param atMillis wall time
 */
public record StillHeld(
        long deliveryId, String why, @Nullable List<WaitingCode> codes, long atMillis) {}
