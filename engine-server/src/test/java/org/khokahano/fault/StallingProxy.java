package org.khokahano.fault;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Forwards connections, until it is told to let those that there are go silent: bytes are taken and
 * thrown away, in both directions, and no end is passed on. That is what a firewall which forgot a
 * connection looks like. Connections made later are forwarded.
 */
final class StallingProxy implements AutoCloseable {

    private final ServerSocket server;
    private final int target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger closedByTarget = new AtomicInteger();

    StallingProxy(int target) throws IOException {
        this.target = target;
        server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        RecordingSink.daemon("stalling-proxy", this::accept);
    }

    /** Two connections that are one for their ends. */
    private final class Link {
        private final Socket client;
        private final Socket partner;
        private volatile boolean silent;

        private Link(Socket client) throws IOException {
            this.client = client;
            this.partner = new Socket(InetAddress.getByName("127.0.0.1"), target);
        }

        private void begin() {
            RecordingSink.daemon("stalling-proxy-out", () -> pump(client, partner));
            RecordingSink.daemon("stalling-proxy-in", () -> {
                pump(partner, client);
                if (silent) {
                    closedByTarget.incrementAndGet();
                }
            });
        }

        private void pump(Socket from, Socket to) {
            byte[] buffer = new byte[8192];
            try {
                InputStream in = from.getInputStream();
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    if (!silent) {
                        to.getOutputStream().write(buffer, 0, count);
                    }
                }
            } catch (IOException e) {
                // One end is gone. Whether the other hears of it is decided below.
            }
            if (!silent) {
                close(to);
            }
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            return;
        }
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Link link = new Link(server.accept());
                links.add(link);
                link.begin();
            }
        } catch (IOException e) {
            // Closed at the end of the test.
            return;
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** Lets all connections that there are now go silent; returns how many there are. */
    int stall() {
        links.forEach(link -> link.silent = true);
        return links.size();
    }

    /** How many of the silent connections the target has given up by itself. */
    int closedByTarget() {
        return closedByTarget.get();
    }

    /** The clients of silent connections learn at last that they lead nowhere. */
    void closeSilentClients() {
        links.stream().filter(link -> link.silent).forEach(link -> close(link.client));
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Link link : links) {
            close(link.client);
            close(link.partner);
        }
    }
}
