package org.khokahano.store.archive;

import java.util.List;
import org.khokahano.store.ConformanceCounts.Example;
import org.khokahano.store.ConformanceCounts.Kind;
import org.khokahano.store.ConformanceCounts.Source;

/**
 * What validation counted of senders. Days are counted since 1970-01-01, UTC.
 *
 * @param sources one entry for each source, those with most findings first
 * @param kinds one entry for each source and kind of finding, those in most messages first
 * @param days day by day; only where one facility was asked for
 * @param complete false where there are more than are listed
 */
public record ConformanceHistory(
        List<SourceCount> sources, List<KindCount> kinds, List<DayCount> days, boolean complete) {

    public ConformanceHistory {
        sources = List.copyOf(sources);
        kinds = List.copyOf(kinds);
        days = List.copyOf(days);
    }

    /** Messages of a time. */
    public record Count(long messages, long withFindings, long errors, long warnings, long informations) {}

    /**
     * Messages of a source.
     *
     * @param whole in the whole time that was asked for
     * @param recent in the latest week
     * @param before in the week before that
     */
    public record SourceCount(Source source, Count whole, Count recent, Count before) {}

    /**
     * Findings of one kind in messages of a source.
     *
     * @param messages in so many messages of the time that was asked for
     * @param findings so many in all
     * @param recent in so many messages of the latest week
     * @param before in so many of the week before that
     * @param firstDay the first day of the time on which there were any
     * @param lastDay the latest
     */
    public record KindCount(
            Source source,
            Kind kind,
            long messages,
            long findings,
            long recent,
            long before,
            long firstDay,
            long lastDay,
            Example latest) {}

    /** Messages of a source on a day. */
    public record DayCount(Source source, long day, Count count) {}
}
