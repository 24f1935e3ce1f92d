package org.khokahano.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServerPort;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.khokahano.accept.Intake;
import org.khokahano.accept.Listener;
import org.khokahano.event.EngineEvents;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port that takes one HL7 message in each POST and answers with its acknowledgement. {@link Gate}
 * says which requests it reads, {@link Answers} what it answers. A port that cannot be bound is tried
 * again (R10).
 */
public final class HttpListener implements Listener {

    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
    private static final Duration BIND_AGAIN_AFTER = Duration.ofSeconds(2);
    /** After the last answer; zero would cut off what is being answered. */
    private static final Duration QUIET_BEFORE_CLOSE = Duration.ofMillis(20);

    private static final long PORT_CLOSES_MILLIS = 1_000;

    /** The port is closed by then; Armeria may wait longer for connections that are gone. */
    private static final long CLOSING_TAKES_MILLIS = 500;

    private final HttpListenerSettings config;
    private final Intake intake;
    private final MessageService service;
    private final ConnectionWatch connections;
    private final SerialExecutor executor;
    private final ChannelGroup ports = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
    private final Server server;
    private volatile @Nullable InetSocketAddress bound;
    private volatile boolean closed;
    private volatile String problem = "not started";
    private volatile @Nullable CompletableFuture<Void> stopped;

    /**
     * @param loops the event loops whose threads it shares
     * @param executors each of these loops as the rest of the engine knows it
     */
    public HttpListener(
            HttpListenerSettings config,
            Intake intake,
            IoEventLoopGroup loops,
            Function<EventLoop, SerialExecutor> executors,
            EngineEvents events,
            EngineClock clock) {
        this.config = config;
        this.intake = intake;
        this.service = new MessageService(config, intake, executors, events, clock);
        this.connections =
                new ConnectionWatch(intake.listener(), config.limits().maxConnections(), events);
        this.executor = executors.apply(loops.next());
        this.server = build(loops);
    }

    private Server build(IoEventLoopGroup loops) {
        HttpListenerSettings.Limits limits = config.limits();
        ServerTls tls = config.tls();
        ServerBuilder builder = Server.builder()
                .port(config.address(), tls == null ? SessionProtocol.HTTP : SessionProtocol.HTTPS)
                .workerGroup(loops, false)
                .bossGroupFactory(threadName -> new AcceptLoop(loops, ports))
                .channelOption(ChannelOption.SO_BACKLOG, 1_024)
                .channelOption(ChannelOption.SO_REUSEADDR, true)
                .childChannelOption(ChannelOption.TCP_NODELAY, true)
                .childChannelOption(ChannelOption.SO_KEEPALIVE, true)
                .childChannelPipelineCustomizer(connections::opened)
                // The exchange bounds the body itself, so that the head of a longer one can be kept.
                .maxRequestLength(0)
                .requestTimeout(limits.requestTimeout())
                .idleTimeout(limits.idleTimeout())
                .http2MaxStreamsPerConnection(limits.maxInFlight())
                .gracefulShutdownTimeout(
                        QUIET_BEFORE_CLOSE, limits.requestTimeout().plus(QUIET_BEFORE_CLOSE))
                .disableServerHeader()
                .errorHandler(new Errors())
                .serviceUnder("/", service);
        if (tls != null) {
            tls.applyTo(builder);
        }
        return builder.build();
    }

    @Override
    public String name() {
        return intake.listener();
    }

    @Override
    public void start() {
        if (closed) {
            return;
        }
        try {
            bind().join();
        } catch (RuntimeException e) {
            LOG.debug("listener {} could not start", name(), e);
        }
    }

    private CompletableFuture<Void> bind() {
        return server.start().whenComplete((ignored, failure) -> {
            if (failure == null && closed) {
                // It was taken out of the configuration before its port was free.
                ports.close();
                stopped = server.stop();
            } else if (failure == null) {
                ServerPort port = server.activePort();
                bound = port == null ? null : port.localAddress();
                LOG.info("listener {} listens on {}", name(), bound);
            } else if (!closed) {
                Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                problem = "cannot bind " + config.address() + ": " + cause.getMessage();
                LOG.error("listener {} {}; it will be tried again", name(), problem);
                var unused = executor.schedule(this::bindAgain, BIND_AGAIN_AFTER);
            }
        });
    }

    private void bindAgain() {
        if (!closed) {
            bind();
        }
    }

    @Override
    public @Nullable InetSocketAddress address() {
        return bound;
    }

    @Override
    public String problem() {
        return bound != null ? "" : problem;
    }

    @Override
    public int connectionCount() {
        return connections.count();
    }

    @Override
    public synchronized void stop() {
        if (stopped == null) {
            closed = true;
            service.stopTaking();
            connections.stopTaking();
            bound = null;
            problem = "stopped";
            // Armeria would keep it for as long as a request is open, and nobody else could have it.
            closePort();
            stopped = server.stop();
        }
    }

    private void closePort() {
        if (!ports.close().awaitUninterruptibly(PORT_CLOSES_MILLIS)) {
            LOG.warn("listener {}: its port is not closed yet", name());
        }
    }

    /** Blocks until all is answered and closed, at most for the time limit of a request. */
    @Override
    public void close() {
        stop();
        try {
            long longestNanos = config.limits().requestTimeout().toNanos();
            if (!service.awaitAnswered(longestNanos)) {
                LOG.warn("listener {} closes without waiting longer for its last answers", name());
            }
            connections.closeAll();
            CompletableFuture<Void> ending = stopped;
            if (ending != null) {
                ending.get(CLOSING_TAKES_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (TimeoutException e) {
            LOG.debug("listener {}: the rest closes by itself", name());
        } catch (ExecutionException e) {
            LOG.warn("listener {}: its port did not close properly", name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers where no service did, without a word about why. */
    private final class Errors implements ServerErrorHandler {
        @Override
        public HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
            return service.failed(context, cause);
        }

        @Override
        public AggregatedHttpResponse onProtocolViolation(
                ServiceConfig ignored,
                @Nullable RequestHeaders headers,
                HttpStatus status,
                @Nullable String description,
                @Nullable Throwable cause) {
            return AggregatedHttpResponse.of(service.violated(status));
        }

        @Override
        public AggregatedHttpResponse renderStatus(
                @Nullable ServiceRequestContext context,
                ServiceConfig ignored,
                @Nullable RequestHeaders headers,
                HttpStatus status,
                @Nullable String description,
                @Nullable Throwable cause) {
            return AggregatedHttpResponse.of(service.violated(status));
        }
    }
}
