package org.khokahano.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.DestinationConfig;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.ListenerConfig;
import org.khokahano.table.CodeTable;
import org.khokahano.table.CodeTables;

/**
 * What a change of the configuration does to the running engine, in sentences for operators. Each part
 * of the configuration is walked, known here or not, so that nothing changes in silence.
 */
final class ConfigurationChanges {

    private final EngineConfig running;
    private final EngineConfig next;
    private final Path directory;
    private final ToLongFunction<String> queued;
    private final List<String> changes = new ArrayList<>();

    /**
     * @param directory where the files of the next one are
     * @param queued how many deliveries wait for a destination, in the configuration or not
     */
    ConfigurationChanges(EngineConfig running, EngineConfig next, Path directory, ToLongFunction<String> queued) {
        this.running = running;
        this.next = next;
        this.directory = directory.toAbsolutePath().normalize();
        this.queued = queued;
    }

    /**
     * The changes.
     *
     * @param runningFiles the files of the running one by their names, with what tells their content
     * @param nextFiles those of the next one
     */
    List<String> list(Map<String, String> runningFiles, Map<String, String> nextFiles) {
        for (RecordComponent part : EngineConfig.class.getRecordComponents()) {
            switch (part.getName()) {
                case "listeners" -> each(running.listeners(), next.listeners(), this::listener);
                case "destinations" -> each(running.destinations(), next.destinations(), this::destination);
                case "routes" -> named("route", running.routes(), next.routes(), "from the next message on");
                case "filters" -> named("filter", running.filters(), next.filters(), "from the next message on");
                case "tables" -> named("table", running.tables(), next.tables(), "from the next message on");
                case "formats" -> named("format", running.formats(), next.formats(), "from the next message on");
                case "mappings" -> named("mapping", running.mappings(), next.mappings(), "from the next message on");
                case "profiles" -> named("profile", running.profiles(), next.profiles(), "from the next message on");
                case "codes" -> codes(running.codes(), next.codes());
                default -> section(part);
            }
        }
        files(runningFiles, nextFiles);
        if (!changes.isEmpty()) {
            waiting();
        }
        return changes;
    }

    private interface Telling<C> {
        void tell(String name, @Nullable C before, @Nullable C after);
    }

    private static <C> void each(Map<String, C> before, Map<String, C> after, Telling<C> telling) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        names.forEach(name -> telling.tell(name, before.get(name), after.get(name)));
    }

    private <C> void named(String what, Map<String, C> before, Map<String, C> after, String when) {
        each(before, after, (name, old, now) -> {
            if (old == null || now == null) {
                changes.add(what + " " + name + (old == null ? " is new" : " is removed"));
                return;
            }
            List<String> keys = ConfigurationDifference.of(old, now, directory);
            if (!keys.isEmpty()) {
                changes.add(what + " " + name + " changes " + when + ": " + String.join(", ", keys));
            }
        });
    }

    private void section(RecordComponent part) {
        List<String> keys = ConfigurationDifference.of(part(part, running), part(part, next), directory);
        if (!keys.isEmpty()) {
            String when = switch (part.getName()) {
                case "engine", "store", "admin", "threads", "limits" -> " needs a restart";
                case "log" -> " changes, which counts from the next start on";
                case "shutdown" -> " changes, which counts when the engine stops";
                default -> " changes";
            };
            changes.add(part.getName() + when + ": " + String.join(", ", keys).trim());
        }
    }

    private static @Nullable Object part(RecordComponent part, EngineConfig config) {
        try {
            return part.getAccessor().invoke(config);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a part of the configuration cannot be compared", e);
        }
    }

    private void codes(CodeTables before, CodeTables after) {
        for (String name : after.names()) {
            CodeTable old = before.get(name);
            CodeTable now = after.get(name);
            String rows = old == null || now == null ? "" : TableChanges.between(old, now);
            if (!rows.isEmpty()) {
                changes.add("table " + name + " changes from the next message on: " + rows);
            }
        }
    }

    private void listener(String name, @Nullable ListenerConfig before, @Nullable ListenerConfig after) {
        if (before == null) {
            changes.add("listener " + name + " is new: its port is opened");
        } else if (after == null) {
            changes.add("listener " + name + " is removed: its port is closed; what was read is answered");
        } else if (!before.equals(after)) {
            boolean stays = before.transport().equals(after.transport()) && before.maxInFlight() == after.maxInFlight();
            changes.add("listener " + name + " changes: " + keys(before, after) + "; "
                    + (stays
                            ? "its connections stay open"
                            : "its port is closed and opened again, and its connections are closed once they are"
                                    + " answered"));
        }
    }

    private String keys(Object before, Object after) {
        return String.join(", ", ConfigurationDifference.of(before, after, directory));
    }

    private void destination(String name, @Nullable DestinationConfig before, @Nullable DestinationConfig after) {
        if (before == null) {
            long waiting = queued.applyAsLong(name);
            changes.add("destination " + name + " is new"
                    + (waiting == 0 ? "" : ": it takes up " + waiting + " deliveries that are queued for it"));
        } else if (after == null) {
            long waiting = queued.applyAsLong(name);
            changes.add("destination " + name + " is removed: "
                    + (waiting == 0
                            ? "nothing is queued for it"
                            : waiting + " deliveries stay queued in the store"
                                    + " and go on when it comes back; to send them nowhere, skip them first"));
        } else if (!before.equals(after)) {
            String kept = "destination " + name + " changes: " + keys(before, after)
                    + "; its queue stays, new lanes go on where the old ones end";
            boolean sameKey = Objects.equals(before.order().key(), after.order().key());
            changes.add(sameKey ? kept : kept + ", after all that is queued under the old ordering key");
        }
    }

    /** Templates and whatever else is no key: by their names. */
    private void files(Map<String, String> before, Map<String, String> after) {
        if (before.isEmpty()) {
            return;
        }
        each(new TreeMap<>(before), new TreeMap<>(after), (name, old, now) -> {
            if (!Objects.equals(old, now)) {
                changes.add("file " + name + (old == null ? " is new" : now == null ? " is removed" : " changes"));
            }
        });
    }

    /** What is queued was mapped when it was received, and is not mapped again. */
    private void waiting() {
        each(running.destinations(), next.destinations(), (name, before, after) -> {
            long waiting = before == null || after == null ? 0 : queued.applyAsLong(name);
            if (waiting > 0) {
                changes.add("destination " + name + ": " + waiting + (waiting == 1 ? " delivery is" : " deliveries are")
                        + " queued, and go out as they were mapped before the change");
            }
        });
    }
}
