package org.khokahano.mllp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
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
    private static final Duration BIND_AGAIN_AFTER = Duration.ofSeconds(2);

    private final MllpListenerSettings config;
    private final Intake intake;
    private final EventLoops loops;
    private final EngineEvents events;
    private final EngineClock clock;
    private final SerialExecutor executor;
    private final ChannelGroup connections = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
    private final AtomicInteger connectionCount = new AtomicInteger();
    private volatile @Nullable Channel server;
    private volatile boolean closed;
    private volatile String problem = "not started";

    public MllpListener(
            MllpListenerSettings config, Intake intake, EventLoops loops, EngineEvents events, EngineClock clock) {
        this.config = config;
        this.intake = intake;
        this.loops = loops;
        this.events = events;
        this.clock = clock;
        this.executor = loops.nextExecutor();
    }

    @Override
    public String name() {
        return intake.listener();
    }

    /** Binds the port, now or, where that fails, as soon as it can be bound. Blocks for the first try. */
    @Override
    public void start() {
        bind().awaitUninterruptibly();
    }

    /** The address it listens on, or null while the port is not bound. */
    @Override
    public @Nullable InetSocketAddress address() {
        Channel channel = server;
        return channel != null && channel.isActive() ? (InetSocketAddress) channel.localAddress() : null;
    }

    /** What keeps it from listening; empty while it listens. */
    @Override
    public String problem() {
        return address() != null ? "" : problem;
    }

    private ChannelFuture bind() {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannel())
                .option(ChannelOption.SO_BACKLOG, 1_024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ConnectionInitializer());
        ChannelFuture bound = bootstrap.bind(config.address());
        bound.addListener(done -> {
            if (bound.isSuccess()) {
                server = bound.channel();
                LOG.info("listener {} listens on {}", intake.listener(), address());
            } else if (!closed) {
                problem =
                        "cannot bind " + config.address() + ": " + bound.cause().getMessage();
                LOG.error("listener {} {}; it will be tried again", intake.listener(), problem);
                executor.schedule(this::bindAgain, BIND_AGAIN_AFTER);
            }
        });
        return bound;
    }

    private void bindAgain() {
        if (!closed) {
            bind();
        }
    }

    /** Takes no new connection and reads nothing more; every frame that was read is answered. */
    @Override
    public void stop() {
        closed = true;
        Channel channel = server;
        if (channel != null) {
            channel.close().awaitUninterruptibly();
        }
        for (Channel connection : connections) {
            connection.eventLoop().execute(() -> {
                MllpConnection handler = connection.pipeline().get(MllpConnection.class);
                if (handler != null) {
                    handler.finish();
                }
            });
        }
    }

    /** How many connections are open. */
    @Override
    public int connectionCount() {
        return connectionCount.get();
    }

    @Override
    public void close() {
        stop();
        connections.close().awaitUninterruptibly();
    }

    /** Puts a connection into the pipeline, unless the listener turns it away (R9). */
    private final class ConnectionInitializer extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline().addLast(new Doorkeeper());
        }
    }

    /** Counts connections, and replaces itself by the connection's handler. */
    private final class Doorkeeper extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            Channel channel = context.channel();
            if (connectionCount.incrementAndGet() > config.maxConnections()) {
                connectionCount.decrementAndGet();
                events.connectionRefused(intake.listener(), "maxConnections");
                context.close();
                return;
            }
            channel.closeFuture().addListener(done -> connectionCount.decrementAndGet());
            connections.add(channel);
            events.connectionOpened(intake.listener());
            MllpConnection connection =
                    new MllpConnection(context, config, intake, events, clock, loops.executorOf(channel.eventLoop()));
            context.pipeline().addLast(connection);
            context.fireChannelActive();
        }
    }
}
