package org.khokahano.config;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.khokahano.config.problem.Location;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.read.Placed;
import org.khokahano.config.value.HostPort;
import org.khokahano.config.yaml.Locations;
import org.khokahano.message.definition.Hl7Definitions;

/** What can only be checked with several parts of a configuration in hand. */
final class EngineChecks {
    private static final Set<String> ALL_ADDRESSES = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

    private final EngineConfig config;
    private final Locations locations;
    private final Problems problems;

    EngineChecks(EngineConfig config, Locations locations, Problems problems) {
        this.config = config;
        this.locations = locations;
        this.problems = problems;
    }

    void check() {
        checkPorts();
        warnOfFramesThatNeverFit();
        warnOfUnknownTypes();
        new RouteChecks(config, locations, problems).check();
        new FormatChecks(config, locations, problems).check();
        new ReplyChecks(config, locations, problems).check();
        new AckChecks(config, locations, problems).check();
        new DirectoryChecks(config, locations, problems).check();
        new TlsChecks(config, locations, problems, Instant.now()).check();
        // With a part missing for an error in it, what leads there would seem to lead nowhere.
        if (problems.errors() == 0) {
            warnOfUnreadListeners();
            warnOfUnusedDestinations();
            new UseChecks(config, locations, problems).check();
        }
    }

    private void checkPorts() {
        List<Bound> bound = new ArrayList<>();
        bound.add(new Bound("admin", config.admin().listen(), locations.value("admin", "listen")));
        config.listeners().forEach((name, listener) -> bound(name, listener).ifPresent(bound::add));
        for (int later = 1; later < bound.size(); later++) {
            Bound one = bound.get(later);
            Optional<Bound> same = bound.subList(0, later).stream()
                    .filter(earlier -> overlap(earlier.address(), one.address()))
                    .findFirst();
            same.ifPresent(earlier -> problems.error(
                    one.place(),
                    "port " + one.address().port() + " is taken by " + earlier.what(),
                    "see " + earlier.place() + "; give one of them another port or address"));
        }
    }

    private Optional<Bound> bound(String name, ListenerConfig listener) {
        if (listener.transport() instanceof MllpListenerConfig mllp) {
            Location place = locations.value("listeners", name, "mllp", "port");
            return Optional.of(new Bound("listener '" + name + "'", new HostPort(mllp.host(), mllp.port()), place));
        }
        if (listener.transport() instanceof HttpListenerConfig http) {
            Location place = locations.value("listeners", name, "http", "port");
            return Optional.of(new Bound("listener '" + name + "'", new HostPort(http.host(), http.port()), place));
        }
        return Optional.empty();
    }

    private static boolean overlap(HostPort one, HostPort other) {
        return one.port() != 0
                && one.port() == other.port()
                && (one.host().equals(other.host())
                        || ALL_ADDRESSES.contains(one.host())
                        || ALL_ADDRESSES.contains(other.host()));
    }

    /** A frame as long as its listener permits would always be the one that is given up. */
    private void warnOfFramesThatNeverFit() {
        long together = config.limits().unfinishedFrames().orElse(Long.MAX_VALUE);
        config.listeners().forEach((name, listener) -> {
            if (listener.transport() instanceof MllpListenerConfig mllp && mllp.maxFrameBytes() > together) {
                problems.warning(
                        locations.value("limits", "unfinishedFrames"),
                        "all unfinished frames together may hold " + together + " bytes, and one frame at the"
                                + " listener '" + name + "' " + mllp.maxFrameBytes(),
                        "raise it to several of the longest frames, or lower 'maxFrame' of the listener");
            }
        });
    }

    /** What no partner sends is accepted in vain, and what was meant is refused. */
    private void warnOfUnknownTypes() {
        MessageTypeChecks types = new MessageTypeChecks(new Hl7Definitions(), problems);
        config.listeners().forEach((name, listener) -> {
            List<String> accepted = listener.accept().types();
            for (int index = 0; index < accepted.size(); index++) {
                Location place = locations.value("listeners", name, "accept", "types", String.valueOf(index));
                types.written(new Placed<>(accepted.get(index), place));
            }
        });
    }

    private void warnOfUnreadListeners() {
        if (config.routes().values().stream().anyMatch(route -> route.from().isEmpty())) {
            return;
        }
        Set<String> read = new HashSet<>();
        config.routes().values().forEach(route -> read.addAll(route.from()));
        for (String name : config.listeners().keySet()) {
            if (!read.contains(name) && config.listeners().get(name).reply().isEmpty()) {
                problems.warning(
                        locations.key("listeners", name),
                        "no route takes messages from the listener '" + name + "'",
                        "name it in the 'from' of a route");
            }
        }
    }

    private void warnOfUnusedDestinations() {
        Set<String> used = new HashSet<>();
        config.routes().values().forEach(route -> used.addAll(route.to()));
        config.listeners().values().forEach(listener -> listener.reply().ifPresent(reply -> used.add(reply.from())));
        config.listeners()
                .values()
                .forEach(listener -> listener.accept().applicationAckTo().ifPresent(used::add));
        for (String name : config.destinations().keySet()) {
            if (!used.contains(name)) {
                problems.warning(
                        locations.key("destinations", name),
                        "no route leads to the destination '" + name + "'",
                        "name it in the 'to' of a route");
            }
        }
    }

    private record Bound(String what, HostPort address, Location place) {}
}
