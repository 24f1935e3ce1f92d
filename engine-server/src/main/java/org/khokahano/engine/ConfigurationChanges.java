package org.khokahano.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.khokahano.config.DestinationConfig;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.ListenerConfig;
import org.khokahano.lane.Destination;

/** What a change of the configuration does to the running engine, in sentences for operators. */
final class ConfigurationChanges {

    private final Engine engine;
    private final EngineConfig next;
    private final List<String> changes = new ArrayList<>();

    ConfigurationChanges(Engine engine, EngineConfig next) {
        this.engine = engine;
        this.next = next;
    }

    List<String> list() {
        EngineConfig running = engine.config();
        for (String name : names(running.listeners(), next.listeners())) {
            listener(name, running.listeners().get(name), next.listeners().get(name));
        }
        for (String name : names(running.routes(), next.routes())) {
            Object before = running.routes().get(name);
            Object after = next.routes().get(name);
            if (before == null) {
                changes.add("route " + name + " is new");
            } else if (after == null) {
                changes.add("route " + name + " is removed");
            } else if (!before.equals(after)) {
                changes.add("route " + name + " changes");
            }
        }
        for (String name : names(running.destinations(), next.destinations())) {
            destination(
                    name, running.destinations().get(name), next.destinations().get(name));
        }
        return changes;
    }

    private static TreeSet<String> names(Map<String, ?> before, Map<String, ?> after) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names;
    }

    private void listener(
            String name,
            @org.jspecify.annotations.Nullable ListenerConfig before,
            @org.jspecify.annotations.Nullable ListenerConfig after) {
        if (before == null) {
            changes.add("listener " + name + " is new: its port is opened");
        } else if (after == null) {
            changes.add("listener " + name + " is removed: its port is closed; what was read is answered");
        } else if (!before.transport().equals(after.transport()) || before.maxInFlight() != after.maxInFlight()) {
            changes.add("listener " + name + " changes: its port is closed and opened again, and its connections are"
                    + " closed once they are answered");
        } else if (!before.equals(after)) {
            changes.add("listener " + name + " changes how it takes messages; its connections stay open");
        }
    }

    private void destination(
            String name,
            @org.jspecify.annotations.Nullable DestinationConfig before,
            @org.jspecify.annotations.Nullable DestinationConfig after) {
        if (before == null) {
            long queued = engine.store().backlog(name, 1)[0].depth();
            changes.add("destination " + name + " is new"
                    + (queued == 0 ? "" : ": it takes up " + queued + " deliveries that are queued for it"));
        } else if (after == null) {
            long queued = engine.destinations().stream()
                    .filter(destination -> destination.name().equals(name))
                    .mapToLong(Destination::depth)
                    .sum();
            changes.add("destination " + name + " is removed: "
                    + (queued == 0
                            ? "nothing is queued for it"
                            : queued + " deliveries stay queued in the store"
                                    + " and go on when it comes back; to send them nowhere, skip them first"));
        } else if (!before.equals(after)) {
            String kept = "destination " + name + " changes: its queue stays, new lanes go on where the old ones end";
            boolean sameKey = Objects.equals(before.order().key(), after.order().key());
            changes.add(sameKey ? kept : kept + ", after all that is queued under the old ordering key");
        }
    }
}
