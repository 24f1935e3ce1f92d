package org.khokahano.fault;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A partner that records what comes and acknowledges it; its port can be closed and opened again. */
final class RecordingSink implements AutoCloseable {

    private final List<byte[]> received = new ArrayList<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final int port;
    private volatile ServerSocket server;
    private volatile boolean answering = true;
    private volatile Consumer<Integer> beforeAnswer = count -> {};

    RecordingSink() throws IOException {
        server = bind(0);
        port = server.getLocalPort();
        listen(server);
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
        return socket;
    }

    int port() {
        return port;
    }

    /** Refuses and drops connections until {@link #open()}. */
    void shut() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    void open() throws IOException {
        server = bind(port);
        listen(server);
    }

    /** Takes messages and answers none of them: a black hole. */
    void setAnswering(boolean answering) {
        this.answering = answering;
    }

    /** Called with the number of messages so far, after one was recorded and before its answer. */
    void beforeAnswer(Consumer<Integer> action) {
        beforeAnswer = action;
    }

    private void listen(ServerSocket socket) {
        daemon("sink-" + port, () -> {
            while (!socket.isClosed()) {
                Socket connection = socket.accept();
                connection.setTcpNoDelay(true);
                connections.add(connection);
                daemon("sink-connection-" + port, () -> serve(connection));
            }
        });
    }

    private void serve(Socket connection) throws IOException {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream(), 1 << 16);
            while (true) {
                byte[] message = Frames.read(in);
                int count;
                synchronized (received) {
                    received.add(message);
                    count = received.size();
                }
                beforeAnswer.accept(count);
                if (answering) {
                    Frames.write(connection.getOutputStream(), acknowledgement(id(message)));
                }
            }
        } finally {
            connections.remove(connection);
        }
    }

    /** What an acknowledgement names: a batch as a whole, or a message. */
    private static String id(byte[] message) {
        String batch = Frames.field(message, "BHS", 10);
        return batch.isEmpty() ? Frames.field(message, "MSH", 10) : batch;
    }

    private static byte[] acknowledgement(String controlId) {
        return ("MSH|^~\\&|SINK|||||| ACK|1|P|2.5\rMSA|AA|" + controlId + "\r").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Something that ends with its socket. */
    interface SocketTask {
        void run() throws IOException;
    }

    static Thread daemon(String name, SocketTask task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException e) {
                        // The socket was closed: by the peer, by a kill, or at the end of the test.
                        return;
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Everything received, in order, repetitions included. */
    List<byte[]> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    int count() {
        synchronized (received) {
            return received.size();
        }
    }

    Set<String> controlIds() {
        Set<String> ids = new LinkedHashSet<>();
        received().forEach(message -> ids.add(Frames.field(message, "MSH", 10)));
        return ids;
    }

    @Override
    public void close() throws IOException {
        shut();
    }
}
