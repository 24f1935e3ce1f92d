package org.khokahano.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.khokahano.accept.Intake;
import org.khokahano.config.EmbeddedStoreConfig;
import org.khokahano.config.EngineConfig;
import org.khokahano.event.EngineEvents;
import org.khokahano.event.EventFanout;
import org.khokahano.lane.Destination;
import org.khokahano.lane.LaneRegistry;
import org.khokahano.loop.EngineClock;
import org.khokahano.mllp.EventLoops;
import org.khokahano.plan.RoutePlanner;
import org.khokahano.store.StoreException;
import org.khokahano.tls.TlsReloader;

/** Builds the running engine from its configuration, in the order of the flow backwards. */
public final class EngineAssembly {

    /** A start takes no longer for rules that may be needed. */
    private static final Duration WARM_UP_AT_MOST = Duration.ofSeconds(2);

    private final int revision;
    private final EngineConfig config;
    private final EngineEvents events;
    private final EngineClock clock = EngineClock.system();
    private final EventLoops loops;
    private final TlsReloader certificates = new TlsReloader(TlsReloader.DEFAULT_INTERVAL);

    private EngineAssembly(int revision, EngineConfig config, EngineEvents events) {
        this.revision = revision;
        this.config = config;
        this.events = events;
        this.loops = new EventLoops(config.threads().eventLoops());
    }

    /** Builds an engine as below whose configuration is kept by nobody: its number is 0. */
    public static Engine assemble(EngineConfig config, Optional<Path> data, EngineEvents events) {
        return assemble(0, config, data, events);
    }

    /**
     * Builds the engine; {@link Engine#start()} starts it.
     *
     * @param revision the configuration's number
     * @param data the data directory in the place of the configured one
     * @throws StoreException if the store cannot be opened; nothing is left open then
     */
    public static Engine assemble(int revision, EngineConfig config, Optional<Path> data, EngineEvents events) {
        EngineAssembly assembly = new EngineAssembly(revision, config, events);
        try {
            return assembly.assemble(data);
        } catch (RuntimeException e) {
            assembly.certificates.close();
            assembly.loops.close();
            throw e;
        }
    }

    private Engine assemble(Optional<Path> data) {
        Path directory =
                data.orElseGet(() -> ((EmbeddedStoreConfig) config.store().place()).path());
        StoreWatch watch = new StoreWatch();
        Storage storage = Storage.open(config, directory, watch, events, clock);
        try {
            return assemble(storage, watch);
        } catch (RuntimeException e) {
            storage.close();
            throw e;
        }
    }

    private Engine assemble(Storage storage, StoreWatch watch) {
        EngineEvents all = new EventFanout(List.of(events, storage.conformance().tally()));
        EngineParts parts =
                new EngineParts(storage.store(), all, clock, loops, certificates, MllpAssembly.budget(config));
        LaneRegistry lanes = new LaneRegistry();
        storage.store().deliverTo(lanes);
        AwaitAssembly.expect(config, storage.store().awaitedDestinations(), parts.applicationAcks());
        FormatAssembly formats = new FormatAssembly(config.formats());
        Map<String, Destination> destinations = new LinkedHashMap<>();
        config.destinations().forEach((name, destination) -> {
            Destination made = parts.destination(name, destination, formats);
            lanes.put(made);
            destinations.put(name, made);
        });
        ValidationAssembly validation = new ValidationAssembly(config);
        RoutePlanner planner = parts.planner(config, destinations, validation);
        Map<String, OpenListener> listeners = new LinkedHashMap<>();
        config.listeners().forEach((name, listener) -> {
            Intake intake = parts.intake(revision, name, config, validation, planner, formats);
            listeners.put(name, parts.listener(name, listener, intake));
        });
        RuleWarmUp warmUp = new RuleWarmUp(storage.archive());
        warmUp.warm(config, validation, WARM_UP_AT_MOST);
        EngineRevision first = new EngineRevision(revision, config, planner, destinations, listeners);
        LaneHandover handover = new LaneHandover(storage.store(), lanes);
        EngineSwitch engineSwitch =
                new EngineSwitch(parts, loops, handover, warmUp, Storage.longestDuplicateWindow(config));
        HeldDeliveries held = new HeldDeliveries(first, storage.store(), clock);
        CodeRelease release = new CodeRelease(held, storage.archive(), storage.store());
        Engine engine = new Engine(loops, certificates, storage, first, engineSwitch, handover, held, release);
        watch.watchOver(engine::allDestinations);
        return engine;
    }
}
