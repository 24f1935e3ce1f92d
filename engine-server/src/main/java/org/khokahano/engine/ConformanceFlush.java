package org.khokahano.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.khokahano.event.EngineEvents;
import org.khokahano.loop.EngineClock;
import org.khokahano.store.AppendResult;
import org.khokahano.store.AppendResult.Outcome;
import org.khokahano.store.ConformanceCounts;
import org.khokahano.store.ConformanceCounts.Checked;
import org.khokahano.store.ConformanceCounts.Found;
import org.khokahano.store.ConformanceCounts.Source;
import org.khokahano.store.ConformanceLedger;
import org.khokahano.store.DirectCompletion;
import org.khokahano.tally.ConformanceTally;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives what validation counted to the store, every two seconds and in small pieces, each of which rides a
 * commit. A kill loses what was counted in the last two seconds or so, and nothing else: messages do not
 * wait for it. What the store refuses is given to it again.
 */
final class ConformanceFlush implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConformanceFlush.class);

    private static final long EVERY_MILLIS = 2_000;

    /** A piece takes the writer a millisecond or two. */
    private static final int PIECE_ROWS = 200;

    private static final long WAIT_SECONDS = 10;

    private final ConformanceLedger ledger;
    private final EngineEvents events;
    private final EngineClock clock;
    private final ConformanceTally tally = new ConformanceTally();
    private final ScheduledExecutorService thread;

    ConformanceFlush(ConformanceLedger ledger, EngineEvents events, EngineClock clock) {
        this.ledger = ledger;
        this.events = events;
        this.clock = clock;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "khoka-conformance");
            made.setDaemon(true);
            made.setPriority(Thread.MIN_PRIORITY);
            return made;
        });
    }

    /** What counts; it is to hear the engine's events. */
    ConformanceTally tally() {
        return tally;
    }

    /** Writes from now on. */
    void start() {
        thread.scheduleWithFixedDelay(this::flush, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void flush() {
        try {
            write(tally.collect(clock.wallMillis()));
        } catch (RuntimeException e) {
            LOG.error("what validation counted of the last seconds could not be written", e);
        }
    }

    private void write(ConformanceCounts counts) {
        if (counts.isEmpty()) {
            return;
        }
        for (ConformanceCounts piece : pieces(counts)) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            ledger.add(piece, new DirectCompletion(result -> {
                written(piece, result);
                done.complete(null);
            }));
            // One at a time, so that nothing piles up before a disk that hangs, and no commit has many of them.
            done.join();
        }
    }

    private void written(ConformanceCounts piece, AppendResult result) {
        if (result.outcome() != Outcome.STORED) {
            tally.putBack(piece);
            return;
        }
        for (Checked each : piece.checked()) {
            Source source = each.source();
            events.conformed(source.facility(), source.stage(), each.messages(), each.withFindings());
        }
    }

    private static List<ConformanceCounts> pieces(ConformanceCounts counts) {
        List<ConformanceCounts> pieces = new ArrayList<>();
        List<Checked> checked = counts.checked();
        for (int from = 0; from < checked.size(); from += PIECE_ROWS) {
            List<Checked> some = checked.subList(from, Math.min(from + PIECE_ROWS, checked.size()));
            pieces.add(new ConformanceCounts(counts.day(), some, List.of()));
        }
        List<Found> found = counts.found();
        for (int from = 0; from < found.size(); from += PIECE_ROWS) {
            List<Found> some = found.subList(from, Math.min(from + PIECE_ROWS, found.size()));
            pieces.add(new ConformanceCounts(counts.day(), List.of(), some));
        }
        return pieces;
    }

    /** Writes what was counted until now. To be called when nothing is received any more, before the store closes. */
    @Override
    public void close() {
        thread.execute(() -> {
            flush();
            flush();
        });
        thread.shutdown();
        try {
            if (!thread.awaitTermination(WAIT_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("what validation counted of the last seconds could not be written in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
