package org.khokahano.store.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.khokahano.event.EngineEvents;
import org.khokahano.loop.EngineClock;
import org.khokahano.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what is older than it need be kept, so that the disk does not fill up: first the bytes, then
 * what is known about them. What is queued, held or dead stays whatever its age (F28). It takes the
 * writer for a short step and then leaves it alone for four times as long.
 */
public final class Retention implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    /** How often the clock is looked at, which may be a test's. */
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** A step of so long is followed by so many times its length of rest. */
    private static final int REST_FACTOR = 4;

    /** Free pages that new messages will soon need: this share of the file, or so many. */
    private static final int SPARE_SHARE = 20;

    private static final int SPARE_PAGES = 256;
    private static final int INDEX_PAGES = 1_000;
    private static final int PAGE_BYTES = 4_096;

    private final RetentionSettings settings;
    private final Path journal;
    private final JournalPruner pruner;
    private final SearchIndexer indexer;
    private final EngineClock clock;
    private final RetentionClock trusted;
    private final EngineEvents events;
    private final Thread thread;
    private volatile boolean stopping;
    private long countedFromDay = Long.MIN_VALUE;

    /**
     * What one run removed.
     *
     * @param bodies messages that lost their bytes
     * @param messages messages removed with all that was known of them
     * @param quarantined quarantined input that lost its bytes or was removed
     * @param freedBytes bytes given back to the disk, as soon as the log is copied
     */
    public record Pruned(long bodies, long messages, long quarantined, long freedBytes) {}

    /** Asks for the next batch of ids above one. */
    private interface Candidates {
        List<Long> after(long id) throws SQLException;
    }

    Retention(
            RetentionSettings settings,
            Path journal,
            JournalPruner pruner,
            SqliteMessageArchive archive,
            EngineClock clock,
            EngineEvents events) {
        this.settings = settings;
        this.journal = journal;
        this.pruner = pruner;
        this.indexer = archive.indexer();
        this.clock = clock;
        this.trusted = new RetentionClock(clock);
        this.events = events;
        this.thread = new Thread(this::run, "khoka-store-retention");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
    }

    /** Runs from now on, the first time at once. */
    public void start() {
        thread.start();
    }

    private void run() {
        long next = clock.nanoTime();
        while (!stopping) {
            if (clock.nanoTime() - next >= 0) {
                try {
                    prune();
                } catch (StoreException e) {
                    if (!stopping) {
                        LOG.warn("retention stopped early and goes on at its next run", e);
                    }
                }
                next = clock.nanoTime() + settings.every().toNanos();
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    /**
     * One run. Blocks until all is removed that may be.
     *
     * @throws StoreException if the store cannot be read or written; what was removed until then stays
     *     removed
     */
    public synchronized Pruned prune() {
        events.pruningStarted();
        long began = System.nanoTime();
        try (PruneCandidates candidates = new PruneCandidates(journal)) {
            if (!trusted.isRunning()) {
                trusted.start(candidates.lastTrustedMillis());
            }
            long now = trusted.nowMillis();
            pruner.remember(trusted.trustedMillis());
            long bodyCutoff = settings.bodyCutoffMillis(now);
            long metadataCutoff = settings.metadataCutoffMillis(now);
            // Only what the index has passed, so that nothing enters it after it has left the journal.
            long messages =
                    remove(JournalPruner.What.MESSAGE, id -> candidates.messages(id, indexer.lastId(), metadataCutoff));
            long bodies = remove(JournalPruner.What.BODY, id -> candidates.bodies(id, bodyCutoff));
            long inputs = remove(JournalPruner.What.INPUT, id -> candidates.inputs(id, metadataCutoff))
                    + remove(JournalPruner.What.INPUT_BYTES, id -> candidates.inputBytes(id, bodyCutoff));
            removeCounts(settings.conformanceCutoffDay(now));
            long freed = shrink(candidates) * PAGE_BYTES;
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            if (bodies + messages + inputs + freed > 0) {
                LOG.info(
                        "retention removed the bytes of {} messages, {} messages and {} quarantined"
                                + " inputs, and gave {} bytes back to the disk in {} ms",
                        bodies,
                        messages,
                        inputs,
                        freed,
                        took.toMillis());
            }
            events.pruned(bodies, messages, inputs, freed, took);
            return new Pruned(bodies, messages, inputs, freed);
        } catch (SQLException e) {
            throw new StoreException("what is old cannot be found in the store: " + e.getMessage(), e);
        }
    }

    private long remove(JournalPruner.What what, Candidates candidates) throws SQLException {
        long removed = 0;
        long after = 0;
        for (List<Long> ids = candidates.after(after); !ids.isEmpty(); ids = candidates.after(after)) {
            if (what == JournalPruner.What.MESSAGE) {
                indexer.remove(ids);
            }
            List<Long> left = ids;
            while (!left.isEmpty()) {
                long done = pruner.remove(what, left, settings.step());
                left = left.subList((int) done, left.size());
                removed += done;
                rest();
            }
            after = ids.get(ids.size() - 1);
        }
        return removed;
    }

    /** Goes over all counts of validation, which is worth it once a day. */
    private void removeCounts(long beforeDay) {
        if (beforeDay == countedFromDay) {
            return;
        }
        for (ConformanceRows rows : ConformanceRows.values()) {
            long reached = 0;
            do {
                reached = pruner.removeCounts(rows, reached, beforeDay, settings.step());
                rest();
            } while (reached != 0);
        }
        countedFromDay = beforeDay;
    }

    /** Gives free pages back, but for those that the next messages will fill. */
    private long shrink(PruneCandidates candidates) throws SQLException {
        long spare = Math.max(SPARE_PAGES, candidates.totalPages() / SPARE_SHARE);
        long released = 0;
        while (candidates.freePages() > spare) {
            long step = pruner.shrink(spare, settings.step());
            if (step == 0) {
                break;
            }
            released += step;
            rest();
        }
        if (released > 0) {
            pruner.checkpoint();
            indexer.shrink(INDEX_PAGES);
        }
        return released;
    }

    private void rest() {
        long rest = pruner.lastStepNanos() * REST_FACTOR;
        do {
            if (stopping) {
                throw new StoreException("retention is stopping");
            }
            LockSupport.parkNanos(rest);
        } while (pruner.isWriterBusy());
    }

    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(60));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
