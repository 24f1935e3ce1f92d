package org.khokahano.cli.peer;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.khokahano.cli.terminal.CommandFailure;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;

/**
 * A partner that takes messages over MLLP and answers as it is told. It keeps nothing. Can be closed
 * and opened again on the same port, as a partner that is down for a while.
 */
public final class Sink implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 1_000;
    private static final int MAX_MESSAGE_BYTES = 64 << 20;

    private final SinkSettings settings;
    private final Listener listener;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Semaphore free = new Semaphore(MAX_CONNECTIONS);
    private final AtomicLong count = new AtomicLong();
    private @Nullable ServerSocket server;

    /** Hears of each message, on its connection's thread. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A message came and is about to be answered.
         *
         * @param number its number, from 1
         * @param message it, or null where the bytes are no message
         */
        void received(long number, byte[] bytes, @Nullable Message message, SinkAnswer answer);

        /** The answer was written, or there was none to write, or its connection is gone. */
        default void answered(long number) {}
    }

    public Sink(SinkSettings settings, Listener listener) {
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * Opens the port.
     *
     * @return the port
     * @throws CommandFailure if it is taken
     */
    public synchronized int open() {
        try {
            ServerSocket opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(new InetSocketAddress(
                    settings.listen().host(), settings.listen().port()));
            server = opened;
            Thread thread = new Thread(() -> accept(opened), "sink-" + opened.getLocalPort());
            thread.setDaemon(true);
            thread.start();
            return opened.getLocalPort();
        } catch (IOException e) {
            throw new CommandFailure("cannot listen on " + settings.listen() + " (" + e.getMessage()
                    + "); choose another port, or 0 for a free one");
        }
    }

    /** How many messages came. */
    public long count() {
        return count.get();
    }

    private void accept(ServerSocket opened) {
        while (!opened.isClosed()) {
            try {
                Socket connection = opened.accept();
                if (!free.tryAcquire()) {
                    connection.close();
                    continue;
                }
                connections.add(connection);
                Thread thread = new Thread(() -> serve(connection), "sink-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // Closed by us, or one connection less; the loop's condition tells them apart.
                continue;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            MllpFrames frames = new MllpFrames(new BufferedInputStream(connection.getInputStream()), MAX_MESSAGE_BYTES);
            for (byte[] message = frames.next(); message != null; message = frames.next()) {
                if (!answer(connection, message)) {
                    return;
                }
            }
        } catch (IOException e) {
            // A partner that leaves in the middle is none of a sink's business.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(connection);
            free.release();
        }
    }

    /** False where the connection is to be closed. */
    private boolean answer(Socket connection, byte[] bytes) throws IOException, InterruptedException {
        long number = count.incrementAndGet();
        Message message = read(bytes);
        SinkAnswer answer = message == null ? SinkAnswer.AR : settings.plan().answer(message, number);
        listener.received(number, bytes, message, answer);
        try {
            return write(connection, message, answer, number);
        } finally {
            listener.answered(number);
        }
    }

    private boolean write(Socket connection, @Nullable Message message, SinkAnswer answer, long number)
            throws IOException, InterruptedException {
        TimeUnit.MILLISECONDS.sleep(settings.delay().toMillis());
        if (answer == SinkAnswer.DROP) {
            return false;
        }
        if (answer != SinkAnswer.NONE) {
            connection.getOutputStream().write(MllpFrames.framed(SinkAck.write(message, answer, number)));
        }
        return true;
    }

    private static @Nullable Message read(byte[] bytes) {
        try {
            return Message.read(bytes);
        } catch (UnreadableMessageException e) {
            return null;
        }
    }

    /** Closes the port and every connection. {@link #open} opens it again. */
    @Override
    public synchronized void close() {
        ServerSocket opened = server;
        try {
            if (opened != null) {
                opened.close();
            }
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new CommandFailure("the port could not be closed: " + e.getMessage());
        }
    }
}
