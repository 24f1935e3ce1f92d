package org.khokahano.fault;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A sender as hospitals have them: on each connection one message after the other, each sent again
 * until it is acknowledged. Each patient belongs to one connection, and MSH-10 holds the patient and
 * the number of the message among the patient's, as {@code P3.17}.
 */
final class Facility implements AutoCloseable {

    private static final int PATIENTS_A_CONNECTION = 3;
    private static final int ANSWER_WITHIN_MILLIS = 20_000;

    private final int port;
    private final int limit;
    private final Map<String, byte[]> sent = new ConcurrentHashMap<>();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Map<String, String> refused = new ConcurrentHashMap<>();
    private final AtomicInteger started = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile Consumer<Integer> afterAnswer = count -> {};
    private volatile boolean stopping;

    /** @param limit how many messages there are at most */
    Facility(int port, int limit) {
        this.port = port;
        this.limit = limit;
    }

    Facility connect(int connections) {
        for (int number = 0; number < connections; number++) {
            int connection = number;
            threads.add(RecordingSink.daemon("facility-" + number, () -> work(connection)));
        }
        return this;
    }

    void afterAnswer(Consumer<Integer> action) {
        afterAnswer = action;
    }

    private void work(int connection) {
        for (int n = 0; !stopping && started.incrementAndGet() <= limit; n++) {
            int patient = connection * PATIENTS_A_CONNECTION + n % PATIENTS_A_CONNECTION;
            String id = "P" + patient + "." + n / PATIENTS_A_CONNECTION;
            byte[] message = message(id, "P" + patient, 300);
            sent.put(id, message);
            exchange(id, message);
        }
        closeOwn();
    }

    private final ThreadLocal<Socket> own = new ThreadLocal<>();
    private final ThreadLocal<InputStream> ownInput = new ThreadLocal<>();

    private void exchange(String id, byte[] message) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                if (own.get() == null) {
                    Socket socket = open(port);
                    own.set(socket);
                    ownInput.set(new BufferedInputStream(socket.getInputStream()));
                }
                Frames.write(own.get().getOutputStream(), message);
                byte[] answer = Frames.read(ownInput.get());
                if (!Frames.field(answer, "MSA", 2).equals(id)) {
                    throw new IllegalStateException("an answer for another message");
                }
                if (Frames.field(answer, "MSA", 1).equals("AA")) {
                    acknowledged.add(id);
                    afterAnswer.accept(acknowledged.size());
                } else {
                    refused.put(id, Frames.field(answer, "MSA", 1));
                }
                return;
            } catch (IOException e) {
                closeOwn();
                if (stopping) {
                    return;
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }

    private void closeOwn() {
        Socket socket = own.get();
        if (socket != null) {
            own.remove();
            ownInput.remove();
            try {
                socket.close();
            } catch (IOException e) {
                return;
            }
        }
    }

    static Socket open(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(ANSWER_WITHIN_MILLIS);
        return socket;
    }

    /** Sends one message on a connection of its own and returns the answer's MSA-1. */
    static String send(int port, byte[] message) throws IOException {
        try (Socket socket = open(port)) {
            Frames.write(socket.getOutputStream(), message);
            return Frames.field(Frames.read(new BufferedInputStream(socket.getInputStream())), "MSA", 1);
        }
    }

    /** An invented message of about the given length. */
    static byte[] message(String controlId, String patient, int length) {
        String text = "MSH|^~\\&|EHR|QMMH|LIS|NRL|20261122101500||ORU^R01^ORU_R01|" + controlId + "|P|2.5.1\r"
                + "PID|1||" + patient + "^^^QMMH||Thabane^Lerato||19900101|F\r"
                + "OBX|1|TX|NOTE||" + "x".repeat(Math.max(1, length - 150)) + "\r";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Waits until all messages are acknowledged or refused. */
    void awaitDone(Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        for (Thread thread : threads) {
            try {
                thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (thread.isAlive()) {
                throw new IllegalStateException("the facility did not end in time; it has " + acknowledged.size()
                        + " acknowledgements of " + limit);
            }
        }
    }

    Map<String, byte[]> sent() {
        return sent;
    }

    Set<String> acknowledged() {
        return acknowledged;
    }

    Map<String, String> refused() {
        return refused;
    }

    /** Starts no further message. */
    void stop() {
        stopping = true;
    }

    @Override
    public void close() {
        stopping = true;
        threads.forEach(Thread::interrupt);
    }
}
