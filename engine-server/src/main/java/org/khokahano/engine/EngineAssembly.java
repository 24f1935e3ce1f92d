package org.khokahano.engine;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.khokahano.accept.Journey;
import org.khokahano.ack.AckWriter;
import org.khokahano.config.AckMatch;
import org.khokahano.config.DestinationConfig;
import org.khokahano.config.EmbeddedStoreConfig;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.Framing;
import org.khokahano.config.ListenerConfig;
import org.khokahano.config.MllpDestinationConfig;
import org.khokahano.config.MllpListenerConfig;
import org.khokahano.event.EngineEvents;
import org.khokahano.lane.AnswerTable;
import org.khokahano.lane.Destination;
import org.khokahano.lane.Lane;
import org.khokahano.lane.LaneLimits;
import org.khokahano.lane.LaneSettings;
import org.khokahano.lane.RetryPolicy;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.message.MessagePath;
import org.khokahano.mllp.EventLoops;
import org.khokahano.mllp.MllpListener;
import org.khokahano.mllp.MllpListenerSettings;
import org.khokahano.mllp.MllpSender;
import org.khokahano.mllp.MllpSenderSettings;
import org.khokahano.routing.Routes;
import org.khokahano.store.sqlite.CommitLimits;
import org.khokahano.store.sqlite.SqliteMessageStore;
import org.khokahano.store.sqlite.SqliteStoreSettings;

/** Builds the running engine from its configuration, in the order of the flow backwards. */
public final class EngineAssembly {

    private final EngineConfig config;
    private final EngineEvents events;
    private final EngineClock clock = EngineClock.system();
    private final EventLoops loops;

    private EngineAssembly(EngineConfig config, EngineEvents events) {
        this.config = config;
        this.events = events;
        this.loops = new EventLoops(config.threads().eventLoops());
    }

    /**
     * Builds the engine; {@link Engine#start()} starts it.
     *
     * @param data the data directory in the place of the configured one
     */
    public static Engine assemble(EngineConfig config, Optional<Path> data, EngineEvents events) {
        return new EngineAssembly(config, events).assemble(data);
    }

    private Engine assemble(Optional<Path> data) {
        EmbeddedStoreConfig embedded = (EmbeddedStoreConfig) config.store().place();
        CommitLimits defaults = CommitLimits.defaults();
        CommitLimits limits = new CommitLimits(
                embedded.commit().maxBatch(),
                embedded.commit().maxBytes(),
                defaults.waitingBytes(),
                embedded.minFreeBytes());
        Path directory = data.orElse(embedded.path());
        SqliteMessageStore store = SqliteMessageStore.open(
                new SqliteStoreSettings(directory, limits, Duration.ofHours(24), 2_000_000), events);
        Map<String, Destination> destinations = new LinkedHashMap<>();
        config.destinations()
                .forEach((name, destination) -> destinations.put(name, destination(name, destination, store)));
        Routes routes = routes(destinations);
        List<MllpListener> listeners = new ArrayList<>();
        config.listeners().forEach((name, listener) -> {
            // UTC: a duplicate's acknowledgement stays the same when the machine's time zone changes (R57).
            AckWriter ackWriter = new AckWriter(ZoneOffset.UTC);
            Journey journey =
                    new Journey(AcceptAssembly.policy(name, listener), routes, store, ackWriter, events, clock);
            listeners.add(listener(listener, journey));
        });
        return new Engine(
                loops, store, destinations, listeners, config.shutdown().drain());
    }

    private Destination destination(String name, DestinationConfig destination, SqliteMessageStore store) {
        MllpDestinationConfig mllp = (MllpDestinationConfig) destination.transport();
        int count = destination.order().lanes();
        LaneLimits limits = new LaneLimits(
                mllp.window(),
                destination.memory().messages(),
                destination.memory().bytes());
        RetryPolicy retry = new RetryPolicy(
                destination.retry().first(),
                destination.retry().max(),
                destination.retry().factor(),
                destination.retry().jitter());
        List<Lane> lanes = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            SerialExecutor executor = loops.nextExecutor();
            MllpSenderSettings settings = new MllpSenderSettings(
                    mllp.host(),
                    mllp.port(),
                    mllp.connectTimeout(),
                    mllp.ackTimeout(),
                    (int) mllp.maxAckBytes(),
                    mllp.match() == AckMatch.POSITIONAL);
            lanes.add(new Lane(
                    new LaneSettings(name, number, count, limits, retry, AnswerTable.defaults()),
                    executor,
                    new MllpSender(name, settings, loops, executor, events, clock),
                    store,
                    events,
                    clock));
        }
        return new Destination(
                name, destination.order().key().map(MessagePath::parse).orElse(null), lanes);
    }

    private Routes routes(Map<String, Destination> destinations) {
        return RouteAssembly.routes(config.routes(), destinations, events);
    }

    private MllpListener listener(ListenerConfig listener, Journey journey) {
        MllpListenerConfig mllp = (MllpListenerConfig) listener.transport();
        MllpListenerSettings settings = new MllpListenerSettings(
                new InetSocketAddress(mllp.host(), mllp.port()),
                (int) mllp.maxFrameBytes(),
                mllp.frameTimeout(),
                mllp.idleTimeout().orElse(Duration.ZERO),
                mllp.maxConnections(),
                listener.maxInFlight(),
                mllp.framing() == Framing.STRICT);
        return new MllpListener(settings, journey, loops, events, clock);
    }
}
