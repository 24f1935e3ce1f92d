package org.khokahano.admin;

import java.util.List;
import org.khokahano.store.StoreHealth;

/**
 * The engine as it stands now.
 *
 * @param engine its name
 * @param version what runs
 * @param phase whether it works
 * @param startedAt when the process began, ISO 8601
 * @param revision number of the configuration in force; 0 where none is kept
 * @param changing destinations whose lanes are being exchanged after a change of the configuration
 */
public record EngineStatus(
        String engine,
        String version,
        Phase phase,
        String startedAt,
        StoreHealth store,
        int revision,
        List<String> changing,
        List<ListenerStatus> listeners,
        List<DestinationStatus> destinations) {

    /** What the engine is doing. */
    public enum Phase {
        STARTING,
        RUNNING,
        STOPPING
    }

    public EngineStatus {
        changing = List.copyOf(changing);
        listeners = List.copyOf(listeners);
        destinations = List.copyOf(destinations);
    }

    /**
     * A listener.
     *
     * @param address where it listens; empty while the port is not bound
     * @param problem what keeps it from listening; empty while it listens
     * @param connections how many are open
     */
    public record ListenerStatus(String name, String address, String problem, int connections) {
        public boolean bound() {
            return problem.isEmpty();
        }
    }

    /**
     * A destination.
     *
     * @param depth deliveries queued in all its lanes
     * @param oldestReceivedAt when the oldest of them was received, ISO 8601; empty where none is
     */
    public record DestinationStatus(String name, long depth, String oldestReceivedAt, List<LaneStatus> lanes) {
        public DestinationStatus {
            lanes = List.copyOf(lanes);
        }
    }

    /**
     * A lane.
     *
     * @param state as {@link org.khokahano.lane.LaneState} names it
     * @param depth deliveries queued
     * @param oldestReceivedAt when the oldest of them was received, ISO 8601; empty where none is
     * @param reason why it last left the state RUNNING; empty where it never did
     * @param reasonAt when that was, ISO 8601; empty where it never was
     * @param nextTryAt when it tries again by itself, ISO 8601; empty where it does not wait for that
     * @param queueReadable false where the store cannot read what the lane has queued
     */
    public record LaneStatus(
            int lane,
            String state,
            long depth,
            String oldestReceivedAt,
            String reason,
            String reasonAt,
            String nextTryAt,
            boolean queueReadable) {

        /** Whether it sends or soon tries again by itself. */
        public boolean goesOnByItself() {
            return state.equals("RUNNING") || state.equals("RETRYING");
        }
    }
}
