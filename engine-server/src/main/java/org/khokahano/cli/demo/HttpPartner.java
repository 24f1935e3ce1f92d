package org.khokahano.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.khokahano.cli.terminal.CommandFailure;

/** A partner that takes messages over HTTP and answers by status alone. It keeps nothing. */
final class HttpPartner implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int TAKEN = 204;
    private static final int UNAVAILABLE = 503;
    private static final int REFUSED = 401;

    private final int port;
    private final String path;
    private final String authorization;
    private volatile boolean available = true;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, HttpPartner::thread);
    private final HttpServer server;

    /** @throws CommandFailure if the port is taken */
    HttpPartner(int port, String path, String token) {
        this.port = port;
        this.path = path;
        this.authorization = "Bearer " + token;
        try {
            this.server = HttpServer.create();
        } catch (IOException e) {
            throw new CommandFailure("no HTTP partner can be made: " + e.getMessage());
        }
    }

    /** @throws CommandFailure if the port is taken */
    void open() {
        try {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new CommandFailure("cannot listen on 127.0.0.1:" + port + " (" + e.getMessage()
                    + "); another program has just taken it: start the demo again");
        }
        server.setExecutor(threads);
        server.createContext(path, this::answer);
        server.start();
    }

    /** From now on it takes messages, or says 503 to each. */
    void available(boolean now) {
        available = now;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream body = exchange.getRequestBody()) {
            body.transferTo(OutputStream.nullOutputStream());
            boolean known = authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(known ? available ? TAKEN : UNAVAILABLE : REFUSED, -1);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "demo-http-partner");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
