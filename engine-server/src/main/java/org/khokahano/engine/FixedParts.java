package org.khokahano.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.khokahano.config.EngineConfig;

/** What of a configuration holds from the start of the engine to its end. */
final class FixedParts {

    private static final String RESTART = " cannot change while the engine runs; restart it with this configuration";

    private FixedParts() {}

    /** What differs although it cannot, each in a sentence. */
    static List<String> changed(EngineConfig running, EngineConfig next) {
        List<String> changed = new ArrayList<>();
        if (!running.engine().equals(next.engine())) {
            changed.add("the engine's name (engine)" + RESTART);
        }
        if (!running.store().equals(next.store())) {
            changed.add("the store (store: its path, commits and retention)" + RESTART);
        }
        if (!running.admin().equals(next.admin())) {
            changed.add("the admin port (admin)" + RESTART);
        }
        if (!running.threads().equals(next.threads())) {
            changed.add("the number of threads (threads)" + RESTART);
        }
        if (!running.limits().equals(next.limits())) {
            changed.add("the limits of the whole engine (limits)" + RESTART);
        }
        Duration window = Storage.longestDuplicateWindow(next);
        if (window.compareTo(Storage.longestDuplicateWindow(running)) > 0) {
            changed.add("the longest duplicate window (accept.duplicates) cannot grow while the engine runs, since"
                    + " what is older has been forgotten; restart it with this configuration");
        }
        return changed;
    }
}
