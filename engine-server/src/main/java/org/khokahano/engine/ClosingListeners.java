package org.khokahano.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.khokahano.accept.Listener;
import org.khokahano.config.MllpListenerConfig;
import org.khokahano.config.value.HostPort;

/**
 * Listeners that a change takes away, and those that come in their place. An MLLP port is free at
 * once; an HTTP port only when its last request has been answered, and a directory when its file has
 * been read. Whoever needs that place waits for it here and holds up nobody else.
 */
final class ClosingListeners {

    /** What is under way is nearly always shorter; what is not must not hold up the change. */
    private static final Duration WAITS_AT_MOST = Duration.ofMillis(300);

    private static final long LOOK_EVERY_MILLIS = 20;

    private final Duration answersWithin;
    private final List<Closing> all = new ArrayList<>();

    /** One that closes; its place is free when {@code freed} is done. */
    private record Closing(String name, OpenListener open, CompletableFuture<Void> freed) {

        boolean holds(String other, OpenListener wanted) {
            Optional<Integer> port = open.address().map(HostPort::port);
            Optional<Integer> wantedPort = wanted.address().map(HostPort::port);
            return name.equals(other)
                    || (port.isPresent() && Objects.equals(port, wantedPort))
                    || (open.directory().isPresent() && open.directory().equals(wanted.directory()));
        }
    }

    /** @param answersWithin how long what was read may take to be answered */
    ClosingListeners(Duration answersWithin) {
        this.answersWithin = answersWithin;
    }

    /** Takes nothing more, and closes once what was read is answered. */
    void begin(String name, OpenListener open) {
        Listener listener = open.listener();
        listener.stop();
        CompletableFuture<Void> closed = new CompletableFuture<>();
        boolean atOnce = open.config().transport() instanceof MllpListenerConfig;
        all.add(new Closing(name, open, atOnce ? CompletableFuture.completedFuture(null) : closed));
        Thread closer = new Thread(
                () -> {
                    try {
                        if (atOnce) {
                            awaitAnswered(listener);
                        }
                        listener.close();
                    } finally {
                        closed.complete(null);
                    }
                },
                "khoka-closing-" + name);
        closer.setDaemon(true);
        closer.start();
    }

    /** Starts a listener: now, or when the place that it needs is free. */
    void start(String name, OpenListener open) {
        List<CompletableFuture<Void>> before = all.stream()
                .filter(closing -> closing.holds(name, open))
                .map(Closing::freed)
                .toList();
        CompletableFuture<Void> free = CompletableFuture.allOf(before.toArray(CompletableFuture[]::new));
        CompletableFuture<Void> soon =
                free.copy().completeOnTimeout(null, WAITS_AT_MOST.toMillis(), TimeUnit.MILLISECONDS);
        soon.join();
        if (free.isDone()) {
            open.listener().start();
        } else {
            var unused = free.thenRunAsync(open.listener()::start);
        }
    }

    private void awaitAnswered(Listener listener) {
        long deadline = System.nanoTime() + answersWithin.toNanos();
        try {
            while (listener.connectionCount() > 0 && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
