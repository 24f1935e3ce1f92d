package org.khokahano.mllp;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A partner that takes messages and misbehaves as it is told: one step of the script for each message,
 * and when the script is at its end it answers AA.
 */
final class ScriptedPeer implements Closeable {

    /** What it does with one message. */
    interface Step {
        void take(byte[] message, Exchange exchange) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final Deque<Step> script = new ArrayDeque<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    final List<byte[]> messages = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();

    ScriptedPeer(Step... steps) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), steps);
    }

    ScriptedPeer(ServerSocket server, Step... steps) {
        this.server = server;
        script.addAll(List.of(steps));
        start(this::accept);
    }

    /** One message's connection. */
    record Exchange(Socket socket, ScriptedPeer peer) {
        void answer(byte[] payload) throws IOException {
            write(TestMessages.framed(payload));
        }

        void write(byte[] bytes) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        }
    }

    static Step answers(String code) {
        return (message, exchange) -> exchange.answer(TestMessages.ack(code, TestMessages.controlId(message)));
    }

    /** Answers when the latch opens, not longer than five seconds later. */
    static Step answersLate(CountDownLatch latch) {
        return (message, exchange) -> start(() -> {
            try {
                if (latch.await(5, TimeUnit.SECONDS)) {
                    answers("AA").take(message, exchange);
                }
            } catch (IOException | InterruptedException e) {
                // Its connection was closed, as it should be.
                return;
            }
        });
    }

    static Step answersWithOtherControlId() {
        return (message, exchange) -> exchange.answer(TestMessages.ack("AA", "SOMETHING-ELSE"));
    }

    static Step answersTwice() {
        return (message, exchange) -> {
            byte[] ack = TestMessages.framed(TestMessages.ack("AA", TestMessages.controlId(message)));
            byte[] twice = java.util.Arrays.copyOf(ack, 2 * ack.length);
            System.arraycopy(ack, 0, twice, ack.length, ack.length);
            exchange.write(twice);
        };
    }

    static Step answersWithoutMsa() {
        return (message, exchange) -> exchange.answer(TestMessages.adt("UNASKED"));
    }

    static Step answersUnreadably() {
        return (message, exchange) -> exchange.answer(TestMessages.text("OK"));
    }

    static Step answersWithBytes(byte[] bytes) {
        return (message, exchange) -> exchange.write(bytes);
    }

    static Step neverAnswers() {
        return (message, exchange) -> {};
    }

    static Step closesBeforeAnswer() {
        return (message, exchange) -> exchange.socket().close();
    }

    static Step resets() {
        return (message, exchange) -> {
            exchange.socket().setSoLinger(true, 0);
            exchange.socket().close();
        };
    }

    /** Answers and closes, so that the next message finds the connection gone. */
    static Step answersAndCloses() {
        return (message, exchange) -> {
            answers("AA").take(message, exchange);
            exchange.socket().close();
        };
    }

    static Step dripsBytes(int everyMillis) {
        return (message, exchange) -> {
            for (byte each : TestMessages.framed(TestMessages.ack("AA", TestMessages.controlId(message)))) {
                exchange.write(new byte[] {each});
                TimeUnit.MILLISECONDS.sleep(everyMillis);
            }
        };
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    MllpSenderSettings settings() {
        return MllpSenderSettings.to("127.0.0.1", server.getLocalPort());
    }

    List<String> controlIds() {
        return messages.stream().map(TestMessages::controlId).toList();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed at the end of the test.
            return;
        }
    }

    private void serve(Socket socket) {
        try (ScriptedClient reader = new ScriptedClient(socket, address())) {
            socket.setSoTimeout(0);
            byte[] message = reader.readFrame();
            while (message != null) {
                messages.add(message);
                next().take(message, new Exchange(socket, this));
                message = reader.readFrame();
            }
        } catch (IOException | InterruptedException e) {
            // The connection ended, which tests see by its count.
            return;
        } finally {
            ended.incrementAndGet();
        }
    }

    private synchronized Step next() {
        Step step = script.poll();
        return step == null ? answers("AA") : step;
    }

    /** Sends something that nothing asked for now. */
    void sendToAll(byte[] payload) throws IOException {
        for (Socket socket : sockets) {
            new Exchange(socket, this).answer(payload);
        }
    }

    /** Closes all connections, and goes on listening. */
    void closeConnections() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "scripted-peer");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        closeConnections();
    }
}
