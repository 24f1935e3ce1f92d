package org.khokahano.engine;

import java.time.Duration;
import java.util.List;
import org.khokahano.event.EngineEvents;
import org.khokahano.lane.Destination;

/**
 * Hears what the store tells, passes it on, and stops the lanes once the store has failed: whatever
 * they delivered then could not be marked any more, and would go twice after the restart.
 */
final class StoreWatch implements EngineEvents {

    private final EngineEvents next;
    private volatile List<Destination> destinations = List.of();

    StoreWatch(EngineEvents next) {
        this.next = next;
    }

    /** The lanes are made after the store, which they write to. */
    void watchOver(List<Destination> made) {
        destinations = List.copyOf(made);
    }

    @Override
    public void committed(int messages, int marks, long bytes, Duration took) {
        next.committed(messages, marks, bytes, took);
    }

    @Override
    public void storeFailed(String reason) {
        for (Destination destination : destinations) {
            destination.lanes().forEach(lane -> lane.stop(reason));
        }
        next.storeFailed(reason);
    }
}
