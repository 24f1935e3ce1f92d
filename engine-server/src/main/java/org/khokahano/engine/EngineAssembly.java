package org.khokahano.engine;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.khokahano.accept.Journey;
import org.khokahano.accept.Listener;
import org.khokahano.ack.AckWriter;
import org.khokahano.config.DestinationConfig;
import org.khokahano.config.DirectoryDestinationConfig;
import org.khokahano.config.DirectoryListenerConfig;
import org.khokahano.config.EmbeddedStoreConfig;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.HttpDestinationConfig;
import org.khokahano.config.HttpListenerConfig;
import org.khokahano.config.ListenerConfig;
import org.khokahano.config.MllpDestinationConfig;
import org.khokahano.event.EngineEvents;
import org.khokahano.http.HttpSenderSettings;
import org.khokahano.lane.Destination;
import org.khokahano.lane.Lane;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.message.MessagePath;
import org.khokahano.mllp.EventLoops;
import org.khokahano.mllp.MllpListener;
import org.khokahano.mllp.MllpListenerSettings;
import org.khokahano.mllp.MllpSender;
import org.khokahano.mllp.MllpSenderSettings;
import org.khokahano.routing.Routes;
import org.khokahano.send.Sender;
import org.khokahano.store.StoreException;
import org.khokahano.store.sqlite.SqliteMessageStore;
import org.khokahano.tls.TlsReloader;

/** Builds the running engine from its configuration, in the order of the flow backwards. */
public final class EngineAssembly {

    private final EngineConfig config;
    private final EngineEvents events;
    private final EngineClock clock = EngineClock.system();
    private final EventLoops loops;
    private final TlsReloader certificates = new TlsReloader(TlsReloader.DEFAULT_INTERVAL);
    private final TlsAssembly tlsAssembly = new TlsAssembly(certificates);
    private final MllpAssembly mllpAssembly = new MllpAssembly(tlsAssembly);
    private final HttpAssembly httpAssembly;
    private final FileAssembly fileAssembly;

    private EngineAssembly(EngineConfig config, EngineEvents events) {
        this.config = config;
        this.events = events;
        this.loops = new EventLoops(config.threads().eventLoops());
        this.httpAssembly = new HttpAssembly(loops, tlsAssembly, events, clock);
        this.fileAssembly = new FileAssembly(loops, events, clock);
    }

    /**
     * Builds the engine; {@link Engine#start()} starts it.
     *
     * @param data the data directory in the place of the configured one
     * @throws StoreException if the store cannot be opened; nothing is left open then
     */
    public static Engine assemble(EngineConfig config, Optional<Path> data, EngineEvents events) {
        EngineAssembly assembly = new EngineAssembly(config, events);
        try {
            return assembly.assemble(data);
        } catch (RuntimeException e) {
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
        SqliteMessageStore store = storage.store();
        Map<String, Destination> destinations = new LinkedHashMap<>();
        config.destinations()
                .forEach((name, destination) -> destinations.put(name, destination(name, destination, store)));
        watch.watchOver(List.copyOf(destinations.values()));
        Routes routes = routes(destinations);
        List<Listener> listeners = new ArrayList<>();
        config.listeners().forEach((name, listener) -> {
            // UTC: a duplicate's acknowledgement stays the same when the machine's time zone changes (R57).
            AckWriter ackWriter = new AckWriter(ZoneOffset.UTC);
            Journey journey =
                    new Journey(AcceptAssembly.policy(name, listener), routes, store, ackWriter, events, clock);
            listeners.add(listener(name, listener, journey));
        });
        return new Engine(
                loops,
                certificates,
                storage,
                destinations,
                listeners,
                config.shutdown().drain());
    }

    private Destination destination(String name, DestinationConfig destination, SqliteMessageStore store) {
        int count = destination.order().lanes();
        Function<SerialExecutor, Sender> senders = senders(name, destination);
        List<Lane> lanes = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            SerialExecutor executor = loops.nextExecutor();
            lanes.add(new Lane(
                    LaneAssembly.settings(name, number, window(destination), destination),
                    executor,
                    senders.apply(executor),
                    store,
                    events,
                    clock));
        }
        return new Destination(
                name, destination.order().key().map(MessagePath::parse).orElse(null), lanes);
    }

    /** Over HTTP and into files, a lane waits for the end of each send before its next. */
    private static int window(DestinationConfig destination) {
        return destination.transport() instanceof MllpDestinationConfig mllp ? mllp.window() : 1;
    }

    /** Makes a sender for each lane; what the lanes share, certificates above all, is made once. */
    private Function<SerialExecutor, Sender> senders(String name, DestinationConfig destination) {
        if (destination.transport() instanceof HttpDestinationConfig http) {
            HttpSenderSettings settings = httpAssembly.sender(name, http);
            return executor -> httpAssembly.sender(name, settings, executor);
        }
        if (destination.transport() instanceof DirectoryDestinationConfig directory) {
            return executor -> fileAssembly.sender(name, directory, executor);
        }
        MllpSenderSettings settings = mllpAssembly.sender(name, (MllpDestinationConfig) destination.transport());
        return executor -> new MllpSender(name, settings, loops, executor, events, clock);
    }

    private Routes routes(Map<String, Destination> destinations) {
        return RouteAssembly.routes(config, destinations, events);
    }

    private Listener listener(String name, ListenerConfig listener, Journey journey) {
        if (listener.transport() instanceof HttpListenerConfig) {
            return httpAssembly.listener(name, listener, journey);
        }
        if (listener.transport() instanceof DirectoryListenerConfig directory) {
            return fileAssembly.listener(directory, journey);
        }
        MllpListenerSettings settings = mllpAssembly.listener(name, listener);
        return new MllpListener(settings, journey, loops, events, clock);
    }
}
