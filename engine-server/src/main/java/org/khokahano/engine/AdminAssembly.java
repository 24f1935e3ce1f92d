package org.khokahano.engine;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.khokahano.accept.Listener;
import org.khokahano.admin.AdminServer;
import org.khokahano.admin.AdminServices;
import org.khokahano.admin.AdminToken;
import org.khokahano.admin.ConfigurationDesk;
import org.khokahano.admin.EngineStatus;
import org.khokahano.admin.EngineStatus.DestinationStatus;
import org.khokahano.admin.EngineStatus.LaneStatus;
import org.khokahano.admin.EngineStatus.ListenerStatus;
import org.khokahano.admin.LaneReasons;
import org.khokahano.admin.OperatorDesk;
import org.khokahano.admin.ShownEngine;
import org.khokahano.admin.TraceDesk;
import org.khokahano.config.EmbeddedStoreConfig;
import org.khokahano.config.EngineConfig;
import org.khokahano.event.EngineEvents;
import org.khokahano.event.EventFanout;
import org.khokahano.lane.Destination;
import org.khokahano.lane.Lane;
import org.khokahano.log.EventLog;
import org.khokahano.loop.EngineClock;
import org.khokahano.metrics.EngineGauges;
import org.khokahano.metrics.EngineMetrics;

/**
 * What is seen of the engine from outside. Begun before the engine is assembled, so that the admin
 * port is up while the store is being opened, and attached to it afterwards.
 */
public final class AdminAssembly implements AutoCloseable {

    private final EngineConfig config;
    private final EngineMetrics metrics = new EngineMetrics();
    private final LaneReasons laneReasons = new LaneReasons();
    private final EngineEvents events;
    private final AdminServices services;
    private final AdminServer server;
    private final String startedAt = Instant.now().toString();

    private AdminAssembly(EngineConfig config, AdminToken token) {
        this.config = config;
        this.events = new EventFanout(List.of(metrics, new EventLog(EngineClock.system()), laneReasons));
        this.services = new AdminServices(token, metrics::scrape, version());
        var listen = config.admin().listen();
        this.server = new AdminServer(new InetSocketAddress(listen.host(), listen.port()), builder -> {
            metrics.bindProcess();
            services.addTo(builder);
        });
    }

    /**
     * Begins to open the admin port, and returns at once.
     *
     * @param data the data directory in the place of the configured one
     * @throws org.khokahano.store.StoreException if the API's token can be neither read nor made
     */
    public static AdminAssembly begin(EngineConfig config, Optional<Path> data) {
        Path directory =
                data.orElseGet(() -> ((EmbeddedStoreConfig) config.store().place()).path());
        AdminAssembly assembly = new AdminAssembly(config, AdminToken.openOrMake(directory));
        assembly.server.start();
        return assembly;
    }

    /** What the engine is to tell its events to. */
    public EngineEvents events() {
        return events;
    }

    /** The address of the admin port, as soon as it is bound. */
    public CompletableFuture<InetSocketAddress> address() {
        return server.address();
    }

    /** Shows this engine from now on. To be called once, before it is started. */
    public void attach(Engine engine) {
        attach(engine, null, null);
    }

    /** Shows this engine as above, and lets its configuration be changed and its messages be explained. */
    public void attach(Engine engine, @Nullable ConfigurationDesk configuration, @Nullable TraceDesk traces) {
        EngineGauges gauges = new EngineGauges(metrics, EngineClock.system());
        gauges.addBuild(version(), Runtime.version().toString());
        gauges.addReady(services::takesMessages);
        gauges.addStore(engine.store()::health);
        gauges.addRevision(
                engine::revision,
                engine::inForceSinceMillis,
                () -> engine.changing().size());
        show(engine, gauges);
        engine.whenSwitched(() -> show(engine, gauges));
        gauges.addArchive(engine.archive());
        OperatorDesk desk = new OperatorDesk(
                engine::destinations, engine.archive(), engine.store(), engine.store(), EngineClock.system());
        services.attach(new ShownEngine(() -> status(engine), desk, engine.heldDesk(), configuration, traces));
    }

    private void show(Engine engine, EngineGauges gauges) {
        engine.listeners().forEach(listener -> metrics.expectListener(listener.name()));
        engine.destinations().forEach(destination -> metrics.expectDestination(destination.name()));
        gauges.show(engine.listeners(), engine.destinations());
        gauges.showAcks(
                engine.config().destinations().entrySet().stream()
                        .filter(each -> each.getValue().applicationAck().isPresent())
                        .map(Map.Entry::getKey)
                        .toList(),
                engine.applicationAcks()::waiting,
                engine.applicationAcks()::oldestMillis);
        gauges.showTables(engine.config().codes().names(), engine::waitingFor);
    }

    private EngineStatus status(Engine engine) {
        return new EngineStatus(
                config.engine(),
                version(),
                engine.phase(),
                startedAt,
                engine.store().health(),
                engine.revision(),
                engine.changing(),
                engine.listeners().stream().map(AdminAssembly::statusOf).toList(),
                engine.destinations().stream().map(this::statusOf).toList());
    }

    private static ListenerStatus statusOf(Listener listener) {
        InetSocketAddress address = listener.address();
        return new ListenerStatus(
                listener.name(), address == null ? "" : shown(address), listener.problem(), listener.connectionCount());
    }

    /** All addresses of the machine are shown as a star. */
    private static String shown(InetSocketAddress address) {
        String host = address.getAddress().isAnyLocalAddress()
                ? "*"
                : address.getAddress().getHostAddress();
        return host + ":" + address.getPort();
    }

    private DestinationStatus statusOf(Destination destination) {
        long oldest = destination.lanes().stream()
                .mapToLong(Lane::oldestReceivedMillis)
                .filter(millis -> millis > 0)
                .min()
                .orElse(0);
        return new DestinationStatus(
                destination.name(),
                destination.depth(),
                isoOrEmpty(oldest),
                destination.lanes().stream().map(this::statusOf).toList());
    }

    private LaneStatus statusOf(Lane lane) {
        LaneReasons.Reason reason =
                laneReasons.of(lane.settings().destination(), lane.settings().number());
        return new LaneStatus(
                lane.settings().number(),
                lane.state().name(),
                lane.depth(),
                isoOrEmpty(lane.oldestReceivedMillis()),
                reason.text(),
                reason.at(),
                isoOrEmpty(lane.nextTryMillis()),
                lane.isQueueReadable());
    }

    private static String isoOrEmpty(long millis) {
        return millis == 0 ? "" : Instant.ofEpochMilli(millis).toString();
    }

    private static String version() {
        @Nullable String version = AdminAssembly.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    /** Closes the admin port. To be called after the engine has stopped. */
    @Override
    public void close() {
        server.close();
        metrics.close();
    }
}
