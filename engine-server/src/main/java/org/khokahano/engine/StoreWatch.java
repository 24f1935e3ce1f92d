package org.khokahano.engine;

import java.util.List;
import org.khokahano.event.EngineEvents;
import org.khokahano.lane.Destination;

/**
 * Stops the lanes once the store has failed: whatever they delivered then could not be marked any more,
 * and would go twice after the restart.
 */
final class StoreWatch implements EngineEvents {

    private volatile List<Destination> destinations = List.of();

    /** The lanes are made after the store, which they write to. */
    void watchOver(List<Destination> made) {
        destinations = List.copyOf(made);
    }

    @Override
    public void storeFailed(String reason) {
        for (Destination destination : destinations) {
            destination.lanes().forEach(lane -> lane.stop(reason));
        }
    }
}
