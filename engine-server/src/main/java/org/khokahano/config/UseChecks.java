package org.khokahano.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.problem.Location;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.value.HostPort;
import org.khokahano.config.yaml.Locations;

/** What is declared and never used, and destinations that lead back into the engine itself. */
final class UseChecks {
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "::1", "[::1]", "0.0.0.0");

    private final EngineConfig config;
    private final Locations locations;
    private final Problems problems;

    UseChecks(EngineConfig config, Locations locations, Problems problems) {
        this.config = config;
        this.locations = locations;
        this.problems = problems;
    }

    void check() {
        warnOfUnusedFormats();
        warnOfUnusedTables();
        config.destinations().forEach((name, destination) -> {
            if (destination.transport() instanceof MllpDestinationConfig mllp) {
                Location place = locations.value("destinations", name, "mllp", "port");
                warnOfLoop(place, new HostPort(mllp.host(), mllp.port()));
            } else if (destination.transport() instanceof HttpDestinationConfig http
                    && http.url().getHost() != null) {
                boolean secure = "https".equals(http.url().getScheme());
                int written = http.url().getPort();
                int port = written >= 0 ? written : secure ? 443 : 80;
                Location place = locations.value("destinations", name, "http", "url");
                warnOfLoop(place, new HostPort(http.url().getHost(), port));
            }
        });
    }

    private void warnOfUnusedFormats() {
        Set<String> used = new HashSet<>();
        config.listeners().values().forEach(listener -> listener.format().ifPresent(used::add));
        config.destinations()
                .values()
                .forEach(destination -> destination.format().ifPresent(used::add));
        for (String name : config.formats().keySet()) {
            if (!used.contains(name)) {
                problems.warning(
                        locations.key("formats", name),
                        "no listener and no destination uses the format '" + name + "'",
                        "name it in the 'format' of one, or remove it");
            }
        }
    }

    /**
     * Tables are named in conditions, steps, values and rules, some of them in texts. A name that stands
     * anywhere in these counts as a use: to be silent is better here than to be wrong.
     */
    private void warnOfUnusedTables() {
        if (config.tables().isEmpty()) {
            return;
        }
        StringBuilder rest = new StringBuilder();
        for (RecordComponent part : EngineConfig.class.getRecordComponents()) {
            if (!Set.of("tables", "codes").contains(part.getName())) {
                rest.append(read(part)).append('\n');
            }
        }
        for (String name : config.tables().keySet()) {
            Pattern word = Pattern.compile("(?<![A-Za-z0-9_-])" + Pattern.quote(name) + "(?![A-Za-z0-9_-])");
            if (!word.matcher(rest).find()) {
                problems.warning(
                        locations.key("tables", name),
                        "nothing uses the code table '" + name + "'",
                        "name it in a 'translate', a condition or a rule, or remove it");
            }
        }
    }

    private @Nullable Object read(RecordComponent part) {
        try {
            return part.getAccessor().invoke(config);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a part of the configuration cannot be read", e);
        }
    }

    /** A message that comes back is routed anew, and may go round for ever. */
    private void warnOfLoop(Location place, HostPort target) {
        for (Map.Entry<String, ListenerConfig> listener : config.listeners().entrySet()) {
            if (listens(listener.getValue(), target)) {
                problems.warning(
                        place,
                        "what is sent there comes back in at the listener '" + listener.getKey() + "'",
                        "name the partner's own host and port; two routes with one 'from' need no listener between");
            }
        }
    }

    private static boolean listens(ListenerConfig listener, HostPort target) {
        if (listener.transport() instanceof MllpListenerConfig mllp) {
            return isSame(mllp.host(), mllp.port(), target);
        }
        return listener.transport() instanceof HttpListenerConfig http && isSame(http.host(), http.port(), target);
    }

    private static boolean isSame(String host, int port, HostPort target) {
        return port != 0
                && port == target.port()
                && (host.equals(target.host()) || THIS_MACHINE.contains(target.host()));
    }
}
