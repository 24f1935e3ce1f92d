package org.khokahano.tally;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.khokahano.store.ConformanceCounts;
import org.khokahano.store.ConformanceCounts.Checked;
import org.khokahano.store.ConformanceCounts.Found;
import org.khokahano.store.ConformanceCounts.Source;

/** What was counted since the last collection. */
final class Period {

    /** Sources and kinds together; past it, they share the bucket of all others. */
    static final int MOST_CELLS = 5_000;

    private final ConcurrentMap<Source, SourceCell> sources = new ConcurrentHashMap<>();
    private final AtomicInteger cells = new AtomicInteger();
    private final AtomicInteger adding = new AtomicInteger();

    void enter() {
        adding.incrementAndGet();
    }

    void leave() {
        adding.decrementAndGet();
    }

    /** Whether somebody is adding to it just now. */
    boolean isBusy() {
        return adding.get() != 0;
    }

    SourceCell source(Source source) {
        SourceCell known = sources.get(source);
        if (known != null) {
            return known;
        }
        Source counted = takeCell() ? source : new Source(ConformanceCounts.OTHER, "", source.stage(), source.name());
        return sources.computeIfAbsent(counted, made -> new SourceCell(this));
    }

    /** Whether another cell may be made. */
    boolean takeCell() {
        return cells.get() < MOST_CELLS && cells.incrementAndGet() <= MOST_CELLS;
    }

    ConformanceCounts counts(long day) {
        List<Checked> checked = new ArrayList<>();
        List<Found> found = new ArrayList<>();
        sources.forEach((source, cell) -> cell.collect(source, checked, found));
        return new ConformanceCounts(day, checked, found);
    }
}
