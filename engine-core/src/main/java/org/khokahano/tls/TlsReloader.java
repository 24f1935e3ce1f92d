package org.khokahano.tls;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the files of all contexts every few seconds, on a thread of its own since reading files
 * blocks. It compares contents: watching directories misses a link that is pointed elsewhere, which is
 * how Kubernetes replaces secrets, and is not to be had on network file systems.
 */
public final class TlsReloader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TlsReloader.class);

    /** How often files are looked at unless told otherwise. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);

    private final List<TlsContext> contexts = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread;

    public TlsReloader(Duration interval) {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread created = new Thread(task, "khoka-tls");
            created.setDaemon(true);
            return created;
        });
        var unused = thread.scheduleWithFixedDelay(
                this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** From now on the context's files are looked at. */
    public void watch(TlsContext context) {
        contexts.add(context);
    }

    /** The context is used by nobody any more. */
    public void forget(TlsContext context) {
        contexts.remove(context);
    }

    /** All contexts that are watched, for metrics: whose, until when, and how often reloading failed. */
    public List<TlsContext> contexts() {
        return List.copyOf(contexts);
    }

    /** Looks at all of them now. Blocks. */
    public void look() {
        for (TlsContext context : contexts) {
            try {
                context.reloadIfChanged();
            } catch (RuntimeException e) {
                // Thrown out of here it would silently end all later looks.
                LOG.error("{}: cannot look for changed certificates", context.owner(), e);
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
