package org.khokahano.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.loop.EngineClock;
import org.khokahano.store.AppendResult.Outcome;
import org.khokahano.store.ConformanceCounts;
import org.khokahano.store.ConformanceCounts.Checked;
import org.khokahano.store.ConformanceCounts.Example;
import org.khokahano.store.ConformanceCounts.Found;
import org.khokahano.store.ConformanceCounts.Kind;
import org.khokahano.store.ConformanceCounts.Source;
import org.khokahano.store.archive.ConformanceHistory;
import org.khokahano.store.archive.ConformanceHistory.Count;
import org.khokahano.store.archive.ConformanceHistory.DayCount;
import org.khokahano.store.archive.ConformanceHistory.KindCount;
import org.khokahano.store.archive.ConformanceHistory.SourceCount;
import org.khokahano.store.archive.ConformanceQuery;
import org.khokahano.validation.Severity;

@Tag("disk")
class ConformanceTest {

    private static final long TODAY = 20_000;
    private static final Source QMMH = new Source("QMMH", "EHR", "listener", "in");
    private static final Kind REQUIRED = new Kind("hl7", "required", Severity.ERROR, "PV1-2");

    @TempDir
    Path directory;

    private static ConformanceCounts counts(long day, Source source, long messages, long withFindings) {
        Found found = new Found(source, REQUIRED, withFindings, withFindings * 2, example(day, "PV1-2"));
        return new ConformanceCounts(
                day, List.of(new Checked(source, messages, withFindings, withFindings * 2, 1, 0)), List.of(found));
    }

    private static Example example(long day, String place) {
        return new Example(day * 1_000, place, day, false, "the field is required and empty");
    }

    private static void add(ArchiveFixture fixture, ConformanceCounts counts, int facilities) {
        ArchiveFixture.Result result = new ArchiveFixture.Result();
        fixture.store.conformance(facilities).add(counts, result);
        assertThat(result.result().outcome()).isEqualTo(Outcome.STORED);
    }

    private static ConformanceHistory of(ArchiveFixture fixture, @Nullable String facility) {
        return fixture.archive.conformance(new ConformanceQuery(facility, TODAY - 29, TODAY, 100));
    }

    @Test
    @DisplayName("counts of a day add up, over a restart, with the latest example")
    void shouldAddUpCountsOfADayWhenTheStoreIsOpenedAgain() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            add(fixture, counts(TODAY, QMMH, 10, 2), 5);
        }
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            Found later = new Found(QMMH, REQUIRED, 1, 1, new Example(77, "PV1[2]-2", 9, true, "said otherwise"));
            Checked checked = new Checked(QMMH, 5, 1, 1, 0, 3);
            add(fixture, new ConformanceCounts(TODAY, List.of(checked), List.of(later)), 5);

            ConformanceHistory history = of(fixture, "QMMH");
            assertThat(history.complete()).isTrue();
            Count sum = new Count(15, 3, 5, 1, 3);
            assertThat(history.sources()).containsExactly(new SourceCount(QMMH, sum, sum, new Count(0, 0, 0, 0, 0)));
            assertThat(history.days()).containsExactly(new DayCount(QMMH, TODAY, sum));
            assertThat(history.kinds())
                    .containsExactly(new KindCount(QMMH, REQUIRED, 3, 5, 3, 0, TODAY, TODAY, later.latest()));
            assertThat(new StoreMaintenance(MaintenanceProgress.NONE)
                            .verify(directory)
                            .findings())
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("the latest week stands beside the week before it, whatever time is asked for")
    void shouldSetTheLatestWeekBesideTheOneBefore() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            for (long day : new long[] {TODAY, TODAY - 6, TODAY - 7, TODAY - 13, TODAY - 14, TODAY - 40}) {
                add(fixture, counts(day, QMMH, 10, 1), 5);
            }
            SourceCount month = of(fixture, null).sources().get(0);
            assertThat(month.whole().messages()).isEqualTo(50);
            assertThat(month.recent().messages()).isEqualTo(20);
            assertThat(month.before().messages()).isEqualTo(20);

            ConformanceHistory threeDays =
                    fixture.archive.conformance(new ConformanceQuery(null, TODAY - 2, TODAY, 100));
            assertThat(threeDays.sources().get(0).whole().messages()).isEqualTo(10);
            assertThat(threeDays.sources().get(0).before().messages()).isEqualTo(20);
            KindCount kind = threeDays.kinds().get(0);
            assertThat(List.of(kind.messages(), kind.recent(), kind.before())).containsExactly(1L, 2L, 2L);
            assertThat(kind.firstDay()).isEqualTo(TODAY);
            assertThat(threeDays.days()).as("only of one facility").isEmpty();
        }
    }

    @Test
    @DisplayName("facilities and kinds of findings past their bounds are counted as other, and nothing is lost")
    void shouldCountAsOtherWhatIsPastTheBounds() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            for (int i = 0; i < 6; i++) {
                add(fixture, counts(TODAY, new Source("F" + i, "EHR", "listener", "in"), 10, 1), 4);
            }
            assertThat(of(fixture, null).sources())
                    .extracting(
                            each -> each.source().facility(),
                            each -> each.source().application(),
                            each -> each.whole().messages())
                    .containsExactlyInAnyOrder(
                            tuple("F0", "EHR", 10L),
                            tuple("F1", "EHR", 10L),
                            tuple("F2", "EHR", 10L),
                            tuple("F3", "EHR", 10L),
                            tuple("other", "", 20L));

            List<Found> found = new ArrayList<>();
            for (int i = 0; i < ConformanceAction.MOST_KINDS + 7; i++) {
                Kind kind = new Kind("hl7", "length", Severity.WARNING, "ZZZ-" + i);
                found.add(new Found(QMMH, kind, 1, 1, example(TODAY, kind.place())));
            }
            add(fixture, new ConformanceCounts(TODAY, List.of(), found), 40);
            List<KindCount> kinds = fixture.archive
                    .conformance(new ConformanceQuery("QMMH", TODAY, TODAY, 1_000))
                    .kinds();
            assertThat(kinds).hasSize(ConformanceAction.MOST_KINDS + 1);
            assertThat(kinds.get(0).kind()).isEqualTo(new Kind("hl7", "other", Severity.WARNING, ""));
            assertThat(kinds.get(0).messages()).isEqualTo(7);
        }
    }

    @Test
    @DisplayName("retention removes days that are old, and then who and what has none left, which frees places")
    void shouldRemoveOldDaysAndWhatHasNoneLeft() {
        try (ArchiveFixture fixture = new ArchiveFixture(directory)) {
            add(fixture, counts(TODAY - 50, new Source("OLD", "EHR", "listener", "in"), 10, 1), 2);
            add(fixture, counts(TODAY - 50, QMMH, 10, 1), 2);
            add(fixture, counts(TODAY, QMMH, 7, 1), 2);
            // What is believed of the clock goes by the newest message.
            fixture.append(fixture.message("C1", "", "ADT^A01", TimeUnit.DAYS.toMillis(TODAY)));
            EngineClock clock = new EngineClock() {
                @Override
                public long wallMillis() {
                    return TimeUnit.DAYS.toMillis(TODAY);
                }

                @Override
                public long nanoTime() {
                    return 0;
                }
            };
            RetentionSettings keep = RetentionSettings.keeping(
                    Duration.ofDays(500), Duration.ofDays(500), Duration.ZERO, Duration.ofDays(30));
            fixture.store.retention(keep, fixture.archive, clock).prune();

            ConformanceHistory left = fixture.archive.conformance(new ConformanceQuery(null, TODAY - 100, TODAY, 100));
            assertThat(left.sources()).singleElement().satisfies(each -> {
                assertThat(each.source()).isEqualTo(QMMH);
                assertThat(each.whole().messages()).isEqualTo(7);
            });
            assertThat(left.kinds())
                    .singleElement()
                    .satisfies(each -> assertThat(each.messages()).isEqualTo(1));
            add(fixture, counts(TODAY, new Source("NEW", "EHR", "listener", "in"), 1, 0), 2);
            assertThat(of(fixture, "NEW").sources()).hasSize(1);
        }
    }
}
