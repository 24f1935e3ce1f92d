package org.khokahano.mllp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.khokahano.accept.Intake;
import org.khokahano.accept.Listener;
import org.khokahano.event.EngineEvents;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port that takes MLLP connections. A port that cannot be bound is tried again (R10). */
public final class MllpListener implements Listener {

    private static final Logger LOG = LoggerFactory.getLogger(MllpListener.class);
    private static final Duration FIRST_BIND_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_BIND_WAIT = Duration.ofSeconds(30);

    private final MllpListenerSettings config;
    private final FrameBudget budget;
    private final Intake intake;
    private final ReliefWatch reliefs;
    private final EventLoops loops;
    private final ListenerReports reports;
    private final EngineClock clock;
    private final SerialExecutor executor;
    private final ChannelGroup connections = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
    private final AtomicInteger connectionCount = new AtomicInteger();
    private volatile @Nullable Channel server;
    private volatile boolean closed;
    private volatile String problem = "not started";
    private Duration bindWait = FIRST_BIND_WAIT;

    public MllpListener(
            MllpListenerSettings config,
            FrameBudget budget,
            Intake intake,
            EventLoops loops,
            EngineEvents events,
            EngineClock clock) {
        this.config = config;
        this.budget = budget;
        this.intake = intake;
        this.reliefs = new ReliefWatch(intake);
        this.loops = loops;
        this.clock = clock;
        this.reports = new ListenerReports(intake.listener(), events, clock);
        this.executor = loops.nextExecutor();
    }

    @Override
    public String name() {
        return intake.listener();
    }

    /** Binds the port, now or, where that fails, as soon as it can be bound. Blocks for the first try. */
    @Override
    public void start() {
        bind().join();
    }

    /** The address it listens on, or null while the port is not bound. */
    @Override
    public @Nullable InetSocketAddress address() {
        Channel channel = server;
        return channel != null && channel.isActive() ? (InetSocketAddress) channel.localAddress() : null;
    }

    /** What keeps it from listening, for operators; empty while it listens (R10). */
    @Override
    public String problem() {
        return address() != null ? "" : problem;
    }

    /** Completes, never exceptionally, once it is known and noted whether the port is bound. */
    private CompletableFuture<Void> bind() {
        CompletableFuture<Void> noted = new CompletableFuture<>();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannel())
                .option(ChannelOption.SO_BACKLOG, 1_024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new Doorkeeper());
        loops.keepAlive(bootstrap::childOption, bootstrap::childOption);
        ChannelFuture bound = bootstrap.bind(config.address());
        bound.addListener(done -> {
            if (bound.isSuccess()) {
                bound(bound.channel());
            } else if (!closed) {
                notBound(bound.cause());
            }
            noted.complete(null);
        });
        return noted;
    }

    private void bound(Channel channel) {
        server = channel;
        if (closed) {
            channel.close();
            return;
        }
        LOG.info("listener {} listens on {}", name(), address());
    }

    private void notBound(Throwable cause) {
        problem = "cannot bind " + config.address() + ": " + cause.getMessage();
        LOG.error("listener {} {}; it will be tried again in {} s", name(), problem, bindWait.toSeconds());
        executor.schedule(this::bindAgain, bindWait);
        Duration doubled = bindWait.multipliedBy(2);
        bindWait = doubled.compareTo(LONGEST_BIND_WAIT) < 0 ? doubled : LONGEST_BIND_WAIT;
    }

    private void bindAgain() {
        if (!closed) {
            var unused = bind();
        }
    }

    /**
     * Takes no new connection and reads nothing more; every frame that was read is answered, and each
     * connection is closed once it is. Blocks until the port is closed, not for the connections.
     */
    @Override
    public void stop() {
        closed = true;
        problem = "stopped";
        Channel channel = server;
        if (channel != null) {
            channel.close().awaitUninterruptibly();
        }
        for (Channel connection : connections) {
            finish(connection);
        }
    }

    private static void finish(Channel connection) {
        connection.eventLoop().execute(() -> {
            MllpConnection handler = connection.pipeline().get(MllpConnection.class);
            if (handler != null) {
                handler.finish();
            }
        });
    }

    /** How many connections are open. */
    @Override
    public int connectionCount() {
        return connectionCount.get();
    }

    /** Stops, and closes the connections whether they were answered or not. */
    @Override
    public void close() {
        stop();
        connections.close().awaitUninterruptibly();
    }

    /** Lets a connection in, unless the listener turns it away (R9). */
    private final class Doorkeeper extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            if (isTurnedAway(channel)) {
                channel.close();
                return;
            }
            channel.closeFuture().addListener(done -> connectionCount.decrementAndGet());
            connections.add(channel);
            reports.opened();
            ServerTls tls = config.tls();
            if (tls != null) {
                channel.pipeline().addLast(tls.newHandler(channel.alloc()));
            }
            channel.pipeline()
                    .addLast(new MllpConnection(
                            channel,
                            config,
                            budget,
                            intake,
                            reliefs,
                            reports,
                            clock,
                            loops.executorOf(channel.eventLoop())));
            if (closed) {
                // It came in between the port's closing and the list of those to be finished.
                finish(channel);
            }
        }

        private boolean isTurnedAway(Channel channel) {
            if (!(channel.remoteAddress() instanceof InetSocketAddress remote)) {
                // It left before it was let in.
                return true;
            }
            InetAddress address = remote.getAddress();
            if (!config.allow().test(address)) {
                reports.refused("address", "its address is not in 'allow'", address.getHostAddress());
                return true;
            }
            if (connectionCount.incrementAndGet() > config.maxConnections()) {
                connectionCount.decrementAndGet();
                reports.refused(
                        "maxConnections",
                        "there are " + config.maxConnections() + " already",
                        address.getHostAddress());
                return true;
            }
            return false;
        }
    }
}
