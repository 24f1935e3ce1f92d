package org.khokahano.mllp;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.khokahano.accept.Intake;
import org.khokahano.loop.SerialExecutor;

/**
 * A listener's connections that read no further until the store has written what waits. The store is
 * asked once for each event loop and not once for each connection, so that connections which come and
 * go while a disk hangs leave nothing behind.
 */
final class ReliefWatch {

    private final Intake intake;
    private final Map<SerialExecutor, Waiting> waiting = new ConcurrentHashMap<>();

    /** Those of one event loop; used on its thread alone. */
    private static final class Waiting {
        private final Set<Runnable> connections = new LinkedHashSet<>();
        private boolean asked;
    }

    ReliefWatch(Intake intake) {
        this.intake = intake;
    }

    /** Runs the task once reading may go on. To be called on the executor. */
    void await(SerialExecutor executor, Runnable task) {
        Waiting here = waiting.computeIfAbsent(executor, any -> new Waiting());
        here.connections.add(task);
        if (!here.asked) {
            here.asked = true;
            intake.whenRelieved(executor, () -> relieved(here));
        }
    }

    private static void relieved(Waiting here) {
        here.asked = false;
        List<Runnable> due = List.copyOf(here.connections);
        here.connections.clear();
        due.forEach(Runnable::run);
    }

    /** The connection is closed. To be called on the executor. */
    void forget(SerialExecutor executor, Runnable task) {
        Waiting here = waiting.get(executor);
        if (here != null) {
            here.connections.remove(task);
        }
    }
}
