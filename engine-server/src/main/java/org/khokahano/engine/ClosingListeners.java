package org.khokahano.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.khokahano.accept.Listener;
import org.khokahano.config.MllpListenerConfig;
import org.khokahano.config.value.HostPort;

/**
 * Listeners that a change takes away, and those that come in their place. A port is free at once, whatever
 * is still answered on its connections; a directory only when its file has been read. Whoever needs that
 * place waits for it here and holds up nobody else.
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
        boolean port = open.address().isPresent();
        all.add(new Closing(name, open, port ? CompletableFuture.completedFuture(null) : closed));
        // HTTP waits by itself for what is under way, and not for connections that only stay open.
        boolean untilUnconnected = open.config().transport() instanceof MllpListenerConfig;
        Thread closer = new Thread(
                () -> {
                    try {
                        if (untilUnconnected) {
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

    /**
     * Starts listeners: now, or each when the place that it needs is free. Blocks for the first try, and
     * for all of them together no longer than what is under way usually takes.
     */
    void start(Map<String, OpenListener> listeners) {
        Map<String, CompletableFuture<Void>> places = new LinkedHashMap<>();
        listeners.forEach((name, open) -> places.put(name, placeOf(name, open)));
        CompletableFuture.allOf(places.values().toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, WAITS_AT_MOST.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        listeners.forEach((name, open) -> {
            CompletableFuture<Void> free = Objects.requireNonNull(places.get(name));
            if (free.isDone()) {
                open.listener().start();
            } else {
                var unused = free.thenRunAsync(open.listener()::start);
            }
        });
    }

    /** Done when nothing holds any more what the listener needs. */
    private CompletableFuture<Void> placeOf(String name, OpenListener open) {
        return CompletableFuture.allOf(all.stream()
                .filter(closing -> closing.holds(name, open))
                .map(Closing::freed)
                .toArray(CompletableFuture[]::new));
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
