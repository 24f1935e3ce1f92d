package org.khokahano.engine;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.khokahano.event.EngineEvents;
import org.khokahano.lane.Destination;

/**
 * Stops the lanes once the store has failed: whatever they delivered then could not be marked any more,
 * and would go twice after the restart.
 */
final class StoreWatch implements EngineEvents {

    private volatile Supplier<Collection<Destination>> destinations = List::of;

    /** The lanes are made after the store, which they write to; which there are changes. */
    void watchOver(Supplier<Collection<Destination>> running) {
        destinations = running;
    }

    @Override
    public void storeFailed(String reason) {
        for (Destination destination : destinations.get()) {
            destination.lanes().forEach(lane -> lane.stop(reason));
        }
    }
}
