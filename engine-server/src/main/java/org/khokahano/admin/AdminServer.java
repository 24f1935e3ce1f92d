package org.khokahano.admin;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerPort;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admin port. It starts on a thread of its own, since the engine must not wait for it, and where
 * its port cannot be bound it is tried again: messages flow whether or not somebody can look.
 */
public final class AdminServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    private static final long BIND_AGAIN_AFTER_SECONDS = 2;
    private static final int MAX_CONNECTIONS = 256;
    private static final int MAX_REQUEST_BYTES = 64 << 10;
    private static final int BLOCKING_THREADS = 3;

    private final InetSocketAddress listen;
    private final Consumer<ServerBuilder> services;
    private final ScheduledExecutorService starter = executor("khoka-admin-start", 1);
    private final ScheduledExecutorService blocking = executor("khoka-admin", BLOCKING_THREADS);
    private final CompletableFuture<InetSocketAddress> bound = new CompletableFuture<>();
    private boolean told;
    private volatile boolean closed;
    private volatile @Nullable Server server;

    /**
     * Makes the server; {@link #start()} starts it.
     *
     * @param listen where; port 0 asks the system for a free one
     * @param services adds what is served
     */
    public AdminServer(InetSocketAddress listen, Consumer<ServerBuilder> services) {
        this.listen = listen;
        this.services = services;
    }

    /** Begins to start. Returns at once. */
    public void start() {
        starter.execute(this::tryToStart);
    }

    /** The address it listens on, as soon as it does. */
    public CompletableFuture<InetSocketAddress> address() {
        return bound.copy();
    }

    private void tryToStart() {
        if (closed) {
            return;
        }
        Server next = build();
        try {
            next.start().join();
        } catch (CompletionException e) {
            next.stop();
            if (!told) {
                told = true;
                LOG.error("the admin port {} cannot be bound ({}); it will be tried again", listen, rootMessage(e));
            }
            starter.schedule(this::tryToStart, BIND_AGAIN_AFTER_SECONDS, TimeUnit.SECONDS);
            return;
        }
        server = next;
        ServerPort port = next.activePort();
        if (port != null) {
            LOG.info("metrics, health and the API are at http://{}", hostAndPort(port.localAddress()));
            bound.complete(port.localAddress());
        }
    }

    private Server build() {
        ServerBuilder builder = Server.builder()
                .http(listen)
                .workerGroup(1)
                .blockingTaskExecutor(blocking, false)
                .maxNumConnections(MAX_CONNECTIONS)
                .maxRequestLength(MAX_REQUEST_BYTES)
                .requestTimeout(Duration.ofSeconds(60))
                .idleTimeout(Duration.ofSeconds(60))
                .gracefulShutdownTimeout(Duration.ZERO, Duration.ZERO)
                .disableServerHeader()
                .disableDateHeader();
        services.accept(builder);
        return builder.build();
    }

    /** Answers with a text as the whole page. */
    static HttpResponse text(String text) {
        return HttpResponse.of(MediaType.PLAIN_TEXT_UTF_8, text);
    }

    @Override
    public void close() {
        closed = true;
        starter.shutdown();
        try {
            if (!starter.awaitTermination(5, TimeUnit.SECONDS)) {
                starter.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Server running = server;
        if (running != null) {
            running.stop().join();
        }
        blocking.shutdownNow();
    }

    private static String hostAndPort(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    private static ScheduledExecutorService executor(String name, int threads) {
        return Executors.newScheduledThreadPool(threads, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
