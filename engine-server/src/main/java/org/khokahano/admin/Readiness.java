package org.khokahano.admin;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.khokahano.admin.EngineStatus.DestinationStatus;
import org.khokahano.admin.EngineStatus.LaneStatus;
import org.khokahano.admin.EngineStatus.ListenerStatus;
import org.khokahano.admin.EngineStatus.Phase;

/**
 * Whether the engine can take messages. It can where it runs, its store accepts and a listener is
 * bound. A single port that could not be bound, or a lane that stands, degrades it: the rest of its
 * work goes on, and an orchestrator that took it out of service would stop that too.
 *
 * @param status {@code ready}, {@code degraded} (both take messages) or {@code notReady}
 * @param missing what keeps it from taking messages
 * @param degraded what does not work although the engine takes messages
 */
public record Readiness(String status, List<String> missing, List<String> degraded, List<ListenerStatus> listeners) {

    public Readiness {
        missing = List.copyOf(missing);
        degraded = List.copyOf(degraded);
        listeners = List.copyOf(listeners);
    }

    /** Of an engine that is not assembled yet. */
    static Readiness starting() {
        return new Readiness("notReady", List.of("the engine is starting"), List.of(), List.of());
    }

    static Readiness of(EngineStatus engine) {
        List<String> missing = new ArrayList<>();
        if (engine.phase() != Phase.RUNNING) {
            missing.add(engine.phase() == Phase.STARTING ? "the engine is starting" : "the engine is stopping");
        }
        if (!engine.store().refusal().isEmpty()) {
            missing.add("the store accepts nothing: " + engine.store().refusal()
                    + (engine.store().failed() ? "; restart the engine" : ""));
        }
        boolean noneBound = engine.listeners().stream().noneMatch(ListenerStatus::bound);
        if (noneBound) {
            missing.add(engine.listeners().isEmpty() ? "the configuration has no listener" : "no listener is bound");
        }
        List<String> degraded = new ArrayList<>();
        for (ListenerStatus listener : engine.listeners()) {
            if (!listener.bound()) {
                degraded.add("listener " + listener.name() + ": " + listener.problem());
            }
        }
        engine.destinations().forEach(destination -> addLanes(destination, degraded));
        String status = !missing.isEmpty() ? "notReady" : degraded.isEmpty() ? "ready" : "degraded";
        return new Readiness(status, missing, degraded, engine.listeners());
    }

    private static void addLanes(DestinationStatus destination, List<String> degraded) {
        long standing = destination.lanes().stream()
                .filter(lane -> !lane.goesOnByItself())
                .count();
        if (standing > 0) {
            degraded.add("destination " + destination.name() + ": " + standing + " of "
                    + destination.lanes().size() + " lanes stand until they are resumed");
        }
        long unreadable = destination.lanes().stream()
                .filter(lane -> !lane.queueReadable())
                .count();
        if (unreadable > 0) {
            degraded.add("destination " + destination.name() + ": the queues of " + unreadable + " of "
                    + destination.lanes().size() + " lanes cannot be read; verify the store");
        }
        long retrying = destination.lanes().stream()
                .map(LaneStatus::state)
                .filter("RETRYING"::equals)
                .count();
        if (retrying > 0) {
            degraded.add("destination " + destination.name() + ": " + retrying + " of "
                    + destination.lanes().size() + " lanes wait to try again"
                    + destination.lanes().stream()
                            .map(LaneStatus::nextTryAt)
                            .filter(at -> !at.isEmpty())
                            .min(Comparator.comparing(Instant::parse))
                            .map(at -> ", the next at " + at)
                            .orElse(""));
        }
    }

    /** Whether messages are taken. */
    @JsonIgnore
    public boolean takesMessages() {
        return missing.isEmpty();
    }
}
