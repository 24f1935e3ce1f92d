package org.khokahano.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.khokahano.accept.Intake;
import org.khokahano.answer.ApplicationAcks;
import org.khokahano.config.DestinationConfig;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.FormatConfig;
import org.khokahano.config.FormatConfig.TextConfig;
import org.khokahano.config.value.HostPort;
import org.khokahano.lane.Destination;
import org.khokahano.lane.Lane;
import org.khokahano.mllp.EventLoops;
import org.khokahano.plan.RoutePlanner;
import org.khokahano.tls.TlsContext;
import org.khokahano.transform.format.TextFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the running engine from one configuration to another. {@link #prepare} does all that can
 * fail and changes nothing; after it {@link #perform} does not fail, except that a port which somebody
 * takes in between is tried again until it is free, as at the start.
 */
final class EngineSwitch {

    private static final Logger LOG = LoggerFactory.getLogger(EngineSwitch.class);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);
    private static final Duration WARM_UP_AT_MOST = Duration.ofSeconds(5);

    private final EngineParts parts;
    private final EventLoops loops;
    private final LaneHandover handover;
    private final RuleWarmUp warmUp;
    private final Duration duplicateWindow;

    /**
     * @param warmUp makes rules of what is prepared
     * @param duplicateWindow how far back the store knows messages, from its start to its end
     */
    EngineSwitch(
            EngineParts parts, EventLoops loops, LaneHandover handover, RuleWarmUp warmUp, Duration duplicateWindow) {
        this.parts = parts;
        this.loops = loops;
        this.handover = handover;
        this.warmUp = warmUp;
        this.duplicateWindow = duplicateWindow;
    }

    /**
     * What is ready to be switched to.
     *
     * @param intakes by listener
     * @param earlierCertificates those that were watched before
     */
    record Prepared(
            EngineRevision before,
            EngineRevision next,
            Map<String, Intake> intakes,
            List<TlsContext> earlierCertificates) {}

    /**
     * Makes all parts of a configuration that are new in it. Blocks on the disk.
     *
     * @throws RevisionRefused where it cannot be switched to; nothing is left of it then
     */
    Prepared prepare(EngineRevision live, int number, EngineConfig config) throws RevisionRefused {
        List<String> fixed = FixedParts.changed(live.config(), config, duplicateWindow);
        if (!fixed.isEmpty()) {
            throw new RevisionRefused(fixed);
        }
        List<TlsContext> earlier = parts.certificates().contexts();
        try {
            FormatAssembly formats = new FormatAssembly(config.formats());
            Map<String, Destination> destinations = destinations(live, config, formats);
            ValidationAssembly validation = new ValidationAssembly(config);
            RoutePlanner planner = parts.planner(config, destinations, validation);
            Map<String, Intake> intakes = new HashMap<>();
            Map<String, OpenListener> listeners = new LinkedHashMap<>();
            config.listeners().forEach((name, listener) -> {
                Intake intake = parts.intake(number, name, config, validation, planner, formats);
                intakes.put(name, intake);
                OpenListener open = live.listeners().get(name);
                listeners.put(
                        name,
                        open != null && open.fits(listener)
                                ? new OpenListener(listener, open.intake(), open.listener())
                                : parts.listener(name, listener, intake));
            });
            warmUp.warm(config, validation, WARM_UP_AT_MOST);
            EngineRevision next = new EngineRevision(number, config, planner, destinations, listeners);
            tryPorts(live, next);
            return new Prepared(live, next, intakes, earlier);
        } catch (RuntimeException e) {
            forget(earlier);
            LOG.debug("a configuration was refused", e);
            throw new RevisionRefused(List.of(String.valueOf(e.getMessage())));
        } catch (RevisionRefused e) {
            forget(earlier);
            throw e;
        }
    }

    /** What deliveries wait for after they were accepted. */
    ApplicationAcks applicationAcks() {
        return parts.applicationAcks();
    }

    /** Gives up what was prepared. */
    void discard(Prepared prepared) {
        forget(prepared.earlierCertificates());
        prepared.next().destinations().forEach((name, destination) -> {
            if (prepared.before().destinations().get(name) != destination) {
                destination.lanes().forEach(Lane::disconnect);
            }
        });
    }

    private void forget(List<TlsContext> earlier) {
        for (TlsContext context : parts.certificates().contexts()) {
            if (!earlier.contains(context)) {
                parts.certificates().forget(context);
            }
        }
    }

    private Map<String, Destination> destinations(EngineRevision live, EngineConfig config, FormatAssembly formats) {
        Map<String, Destination> destinations = new LinkedHashMap<>();
        config.destinations().forEach((name, destination) -> {
            Destination running = live.destinations().get(name);
            if (running != null && isSame(running, live.config(), config, formats)) {
                destinations.put(name, running);
                return;
            }
            destinations.put(name, parts.destination(name, destination, formats));
        });
        return destinations;
    }

    /** Whether nothing that a destination's lanes or its payloads depend on differs. */
    private static boolean isSame(
            Destination running, EngineConfig before, EngineConfig after, FormatAssembly formats) {
        DestinationConfig next = after.destinations().get(running.name());
        return next != null
                && next.equals(before.destinations().get(running.name()))
                && next.format()
                        .map(format -> isSameFormat(running, format, before, after, formats))
                        .orElse(true);
    }

    /** Each revision has its files at a place of its own, so that templates are compared by what is in them. */
    private static boolean isSameFormat(
            Destination running, String name, EngineConfig before, EngineConfig after, FormatAssembly formats) {
        FormatConfig old = before.formats().get(name);
        FormatConfig next = after.formats().get(name);
        if (old == null || next == null) {
            return false;
        }
        if (old.kind() instanceof TextConfig && next.kind() instanceof TextConfig) {
            return old.in(next.kind()).equals(next)
                    && running.format() instanceof TextFormat one
                    && formats.output(name) instanceof TextFormat other
                    && one.template().equals(other.template());
        }
        return old.equals(next);
    }

    /** Binds each new port for a moment; those that are about to be given up are left out. */
    private static void tryPorts(EngineRevision live, EngineRevision next) throws RevisionRefused {
        Set<Integer> ours = new HashSet<>();
        live.listeners().values().forEach(open -> open.address().ifPresent(own -> ours.add(own.port())));
        Map<String, String> problems = new LinkedHashMap<>();
        next.listeners().forEach((name, open) -> {
            HostPort address = open.address().orElse(null);
            boolean tried = address != null && address.port() != 0 && !ours.contains(address.port());
            if (address == null || !tried || isKept(live, name, open)) {
                return;
            }
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(address.host(), address.port()));
            } catch (IOException e) {
                problems.put(
                        name,
                        "listener " + name + " cannot bind " + address.host() + ":" + address.port() + ": "
                                + e.getMessage() + " (give it another port, or end what has this one)");
            }
        });
        if (!problems.isEmpty()) {
            throw new RevisionRefused(problems);
        }
    }

    /** What nobody knows before the switch is made, in sentences for operators. */
    static List<String> untried(Prepared prepared) {
        EngineRevision live = prepared.before();
        List<String> untried = new ArrayList<>();
        prepared.next().listeners().forEach((name, open) -> {
            if (!isKept(live, name, open)) {
                Integer port = open.address().map(HostPort::port).orElse(0);
                boolean ours = live.listeners().values().stream()
                        .anyMatch(own ->
                                own.address().map(HostPort::port).orElse(-1).equals(port));
                if (ours) {
                    untried.add("not tried: port " + port + " of listener " + name
                            + ", which this engine itself listens on until the change");
                } else if (open.address().isEmpty()) {
                    untried.add("not tried: whether listener " + name + " can lock and read its directory");
                }
            }
        });
        prepared.next().destinations().forEach((name, destination) -> {
            if (live.destinations().get(name) != destination) {
                untried.add("not tried: whether the partner of destination " + name + " can be reached");
            }
        });
        return untried;
    }

    private static boolean isKept(EngineRevision live, String name, OpenListener open) {
        OpenListener before = live.listeners().get(name);
        return before != null && before.listener() == open.listener();
    }

    /**
     * Switches. Every message is planned whole by the one revision or by the other: what is received from the
     * return on by the new one only, and the rest of a batch that came before by the one that began it. Lanes
     * follow on their own.
     */
    void perform(Prepared prepared) {
        EngineRevision live = prepared.before();
        EngineRevision next = prepared.next();
        AwaitAssembly.expect(next.config(), parts.applicationAcks());
        Set<String> replaced = new TreeSet<>();
        ClosingListeners closing = new ClosingListeners(ANSWERS_WITHIN);
        live.listeners().forEach((name, open) -> {
            replaced.add(QueryAssembly.owner(name));
            OpenListener after = next.listeners().get(name);
            if (after == null || after.listener() != open.listener()) {
                replaced.add("listener " + name);
                closing.begin(name, open);
                Intake intake = prepared.intakes().get(name);
                if (intake != null && isSameKind(open, next, name)) {
                    // What is open on its connections comes by the new configuration already.
                    open.intake().exchange(intake);
                } else {
                    open.intake().retire();
                }
            }
        });
        next.listeners().forEach((name, open) -> {
            Intake intake = prepared.intakes().get(name);
            if (intake != null) {
                open.intake().exchange(intake);
            }
        });
        // Whoever had begun to plan by the old revision has appended by then.
        loops.pass(ANSWERS_WITHIN);
        Unfinished.takeOver(next, prepared.intakes().keySet(), parts.fragments(), loops);
        handOver(live, next, replaced);
        Map<String, OpenListener> fresh = new LinkedHashMap<>(next.listeners());
        fresh.entrySet().removeIf(each -> isKept(live, each.getKey(), each.getValue()));
        closing.start(fresh);
        for (TlsContext context : prepared.earlierCertificates()) {
            if (replaced.contains(context.owner())) {
                parts.certificates().forget(context);
            }
        }
    }

    /** Whether what one takes the other takes: a port's input is no directory's. */
    private static boolean isSameKind(OpenListener open, EngineRevision next, String name) {
        OpenListener after = next.listeners().get(name);
        return after != null
                && open.address().isPresent()
                && after.config().transport().getClass()
                        == open.config().transport().getClass();
    }

    private void handOver(EngineRevision live, EngineRevision next, Set<String> replaced) {
        Set<String> names = new TreeSet<>(live.destinations().keySet());
        names.addAll(next.destinations().keySet());
        for (String name : names) {
            Destination old = live.destinations().get(name);
            Destination after = next.destinations().get(name);
            if (old != after) {
                replaced.add("destination " + name);
                boolean keyChanged = old != null && after != null && !Objects.equals(old.orderKey(), after.orderKey());
                handover.begin(new LaneHandover.Change(name, old, after, keyChanged));
            }
        }
    }
}
