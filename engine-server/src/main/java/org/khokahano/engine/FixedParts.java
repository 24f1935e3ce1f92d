package org.khokahano.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.khokahano.config.EngineConfig;

/** What of a configuration holds from the start of the engine to its end. */
final class FixedParts {

    private static final String RESTART = " cannot change while the engine runs; restart it with this configuration";

    private FixedParts() {}

    /**
     * What differs although it cannot, each in a sentence.
     *
     * @param duplicateWindow how far back the store knows messages: the longest window of the configuration that
     *     the engine was started with, whatever was in force since
     */
    static List<String> changed(EngineConfig running, EngineConfig next, Duration duplicateWindow) {
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
        if (window.compareTo(duplicateWindow) > 0) {
            changed.add("the longest duplicate window (accept.duplicates) cannot be longer than "
                    + duplicateWindow.toString().substring(2).toLowerCase(Locale.ROOT) + ", which it was at the"
                    + " engine's start, since what is older has been forgotten; restart it with this"
                    + " configuration");
        }
        return changed;
    }
}
