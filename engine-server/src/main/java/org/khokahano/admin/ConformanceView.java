package org.khokahano.admin;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.khokahano.letter.Trend;
import org.khokahano.store.ConformanceCounts.Source;
import org.khokahano.store.archive.ConformanceHistory;
import org.khokahano.store.archive.ConformanceHistory.Count;
import org.khokahano.store.archive.ConformanceHistory.DayCount;
import org.khokahano.store.archive.ConformanceHistory.KindCount;
import org.khokahano.store.archive.ConformanceHistory.SourceCount;

/**
 * What validation counted of senders; nothing in it is content of a message.
 *
 * @param from the first day, UTC
 * @param until the last day, UTC
 * @param sources senders at each listener or route that validates, those with most findings first
 * @param kinds what was found in their messages, the most frequent first
 * @param days day by day, where one facility was asked for
 * @param complete false where there is more than is listed
 */
record ConformanceView(
        String from,
        String until,
        List<SourceView> sources,
        List<KindView> kinds,
        List<DayView> days,
        boolean complete) {

    /** Messages of a time; percent is the share of those with findings. */
    record CountView(long messages, long withFindings, double percent, long errors, long warnings, long informations) {
        static CountView of(Count count) {
            return new CountView(
                    count.messages(),
                    count.withFindings(),
                    percentOf(count.withFindings(), count.messages()),
                    count.errors(),
                    count.warnings(),
                    count.informations());
        }
    }

    /**
     * A sender at one place.
     *
     * @param facility MSH-4.1, or where that is empty what the listener's configuration says
     * @param application MSH-3.1
     * @param stage {@code listener} or {@code route}
     * @param name the listener's or the route's name
     * @param recent the last 7 days
     * @param before the 7 days before
     * @param trend {@code better}, {@code same} or {@code worse}; empty where there is nothing to compare
     */
    record SourceView(
            String facility,
            String application,
            String stage,
            String name,
            CountView whole,
            CountView recent,
            CountView before,
            String trend) {
        static SourceView of(SourceCount count) {
            Source source = count.source();
            return new SourceView(
                    source.facility(),
                    source.application(),
                    source.stage(),
                    source.name(),
                    CountView.of(count.whole()),
                    CountView.of(count.recent()),
                    CountView.of(count.before()),
                    trend(count));
        }

        private static String trend(SourceCount count) {
            long recent = count.recent().messages();
            long before = count.before().messages();
            if (recent == 0 || before == 0) {
                return "";
            }
            return Trend.of(
                            count.recent().withFindings() / (double) recent,
                            count.before().withFindings() / (double) before)
                    .name()
                    .toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Findings of one kind in messages of a sender.
     *
     * @param place where, without occurrences and repetitions
     * @param messages in so many messages
     * @param findings so many in all
     * @param recent in so many messages of the last 7 days
     * @param before in so many of the 7 days before
     * @param latestAt when the latest was received
     * @param latestId the latest message, or what is in quarantine; 0 for a query, which is not kept
     * @param latestIsQuarantined which of both
     * @param sentence what is said of the latest
     */
    record KindView(
            String facility,
            String application,
            String stage,
            String name,
            String layer,
            String rule,
            String severity,
            String place,
            long messages,
            long findings,
            long recent,
            long before,
            String firstDay,
            String lastDay,
            String latestAt,
            String latestPlace,
            long latestId,
            boolean latestIsQuarantined,
            String sentence) {
        static KindView of(KindCount count) {
            Source source = count.source();
            return new KindView(
                    source.facility(),
                    source.application(),
                    source.stage(),
                    source.name(),
                    count.kind().layer(),
                    count.kind().rule(),
                    count.kind().severity().name(),
                    count.kind().place(),
                    count.messages(),
                    count.findings(),
                    count.recent(),
                    count.before(),
                    LocalDate.ofEpochDay(count.firstDay()).toString(),
                    LocalDate.ofEpochDay(count.lastDay()).toString(),
                    MessageView.isoOrEmpty(count.latest().atMillis()),
                    count.latest().place(),
                    count.latest().id(),
                    count.latest().isQuarantined(),
                    count.latest().sentence());
        }
    }

    /** Messages of a sender at one place on a day. */
    record DayView(String day, String application, String stage, String name, CountView count) {
        static DayView of(DayCount count) {
            Source source = count.source();
            return new DayView(
                    LocalDate.ofEpochDay(count.day()).toString(),
                    source.application(),
                    source.stage(),
                    source.name(),
                    CountView.of(count.count()));
        }
    }

    /**
     * A letter to a facility.
     *
     * @param format {@code text}, {@code html} or {@code markdown}
     */
    record LetterView(String facility, String from, String until, String format, String letter) {}

    static ConformanceView of(LocalDate from, LocalDate until, ConformanceHistory history) {
        return new ConformanceView(
                from.toString(),
                until.toString(),
                history.sources().stream().map(SourceView::of).toList(),
                history.kinds().stream().map(KindView::of).toList(),
                history.days().stream().map(DayView::of).toList(),
                history.complete());
    }

    /** In tenths. */
    private static double percentOf(long some, long all) {
        return all == 0 ? 0 : Math.round(1_000.0 * some / all) / 10.0;
    }
}
