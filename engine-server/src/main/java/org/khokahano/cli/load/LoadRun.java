package org.khokahano.cli.load;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLException;
import org.khokahano.cli.peer.Answer;
import org.khokahano.cli.peer.MllpClient;
import org.khokahano.cli.terminal.CommandFailure;
import org.khokahano.tls.TlsContext;
import org.khokahano.tls.TlsRefusal;

/** One run: a thread for each connection, all taking numbers from one counter. */
public final class LoadRun {
    private static final long ANSWERS_AFTER_STOP_SECONDS = 2;
    private static final int LOOK_EVERY_MILLIS = 200;
    private static final long RECONNECT_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LONGEST_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final LoadSettings settings;
    private final Optional<TlsContext> tls;
    private final LoadMessages messages;
    private final AtomicLong next = new AtomicLong();
    private final LoadTally tally = new LoadTally();
    private final List<MllpClient> clients = new ArrayList<>();
    private volatile long stopNanos;
    private volatile boolean stopping;

    public LoadRun(LoadSettings settings, Optional<TlsContext> tls) {
        this.settings = settings;
        this.tls = tls;
        this.messages = new LoadMessages(System.currentTimeMillis(), settings.sizeBytes());
    }

    /**
     * Makes the connections.
     *
     * @throws CommandFailure if one cannot be made
     */
    public void connect() {
        for (int index = 0; index < settings.connections(); index++) {
            clients.add(MllpClient.connect(settings.to(), settings.timeout(), tls));
        }
    }

    /**
     * Sends. Blocks until the last answer, or until this thread is interrupted; after {@link #stop()} for
     * at most {@value #ANSWERS_AFTER_STOP_SECONDS} seconds more. What has no answer then is no success.
     *
     * @param progress hears now and then how many messages are done
     */
    public LoadResult run(LongConsumer progress) {
        List<Thread> threads = new ArrayList<>();
        for (MllpClient client : clients) {
            Thread thread = new Thread(() -> send(client), "load-" + threads.size());
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        try {
            for (Thread thread : threads) {
                while (thread.isAlive() && !isOver()) {
                    thread.join(LOOK_EVERY_MILLIS);
                    progress.accept(tally.done());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tally.end();
        return tally.result();
    }

    /** Sends nothing new from now on. Returns at once. */
    public void stop() {
        stopNanos = System.nanoTime();
        stopping = true;
    }

    private boolean isOver() {
        return stopping && System.nanoTime() - stopNanos > TimeUnit.SECONDS.toNanos(ANSWERS_AFTER_STOP_SECONDS);
    }

    private void send(MllpClient first) {
        MllpClient client = first;
        long end = tally.startNanos() + settings.longest().toNanos();
        for (long number = next.getAndIncrement(); number < settings.messages(); number = next.getAndIncrement()) {
            long due = dueNanos(number);
            if (due - end >= 0 || !waitUntil(due)) {
                break;
            }
            tally.began();
            try {
                byte[] answer = client.exchange(messages.message(number));
                tally.answered(Answer.read(answer, messages.controlId(number)), due, System.nanoTime());
            } catch (IOException e) {
                // What comes on this connection now would be taken for another message's answer.
                client.close();
                tally.failed(reason(e), System.nanoTime());
                client = connectedAgain(client, end);
            }
        }
        client.close();
    }

    private static String reason(IOException failure) {
        if (failure instanceof SSLException) {
            return "TLS: " + TlsRefusal.of(failure).sentenceFor(failure);
        }
        return failure instanceof SocketTimeoutException ? "no answer in time" : "connection lost";
    }

    private long dueNanos(long number) {
        return settings.ratePerSecond() == 0
                ? System.nanoTime()
                : tally.startNanos() + (long) (number * 1e9 / settings.ratePerSecond());
    }

    /** False where the run was stopped before. */
    private boolean waitUntil(long dueNanos) {
        for (long left = dueNanos - System.nanoTime(); left > 0 && !stopping; left = dueNanos - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, LONGEST_PARK_NANOS));
        }
        return !stopping;
    }

    /** A new connection, or the old one, of no use, where there was none until the end. */
    private MllpClient connectedAgain(MllpClient lost, long endNanos) {
        long giveUp = Math.min(endNanos, System.nanoTime() + settings.timeout().toNanos());
        while (System.nanoTime() - giveUp < 0 && !stopping) {
            try {
                return MllpClient.connect(settings.to(), settings.timeout(), tls);
            } catch (CommandFailure e) {
                LockSupport.parkNanos(RECONNECT_AFTER_NANOS);
            }
        }
        return lost;
    }
}
