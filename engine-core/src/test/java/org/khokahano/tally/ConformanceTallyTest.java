package org.khokahano.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.ack.ErrorCondition;
import org.khokahano.message.Message;
import org.khokahano.route.Origin;
import org.khokahano.store.ConformanceCounts;
import org.khokahano.store.ConformanceCounts.Checked;
import org.khokahano.store.ConformanceCounts.Found;
import org.khokahano.store.ConformanceCounts.Kind;
import org.khokahano.validation.Finding;
import org.khokahano.validation.Findings;
import org.khokahano.validation.JudgedMessage;
import org.khokahano.validation.Judgement;
import org.khokahano.validation.Place;
import org.khokahano.validation.Response;
import org.khokahano.validation.Severity;
import org.khokahano.validation.ValidationPolicy;
import org.khokahano.validation.ValidationPolicy.Verdict;
import org.khokahano.validation.Validator;

@Tag("unit")
class ConformanceTallyTest {

    private static final long NOON = TimeUnit.DAYS.toMillis(20_000) + TimeUnit.HOURS.toMillis(12);
    private static final ValidationPolicy POLICY = new ValidationPolicy(
            new Validator() {
                @Override
                public String name() {
                    return "never asked";
                }

                @Override
                public void validate(Message message, Origin origin, Findings findings) {}
            },
            Response.REJECT,
            Response.WARN,
            Response.IGNORE,
            100,
            100);

    private final ConformanceTally tally = new ConformanceTally();

    private static Finding finding(Place place, Severity severity) {
        return new Finding(place, "length", "hl7", severity, ErrorCondition.DATA_TYPE_ERROR, "too long");
    }

    private static Judgement judgement(Judgement.Stage stage, String name, Finding... found) {
        Findings findings = new Findings(100, 100);
        for (Finding each : found) {
            findings.add(each);
        }
        return new Judgement(stage, name, POLICY, new Verdict(Response.WARN, findings));
    }

    private static JudgedMessage message(String facility, long id, Judgement... judgements) {
        return new JudgedMessage(facility, "EHR", NOON, id, false, List.of(judgements));
    }

    /** All that was counted until now. */
    private ConformanceCounts collected() {
        return tally.collect(NOON);
    }

    @Test
    @DisplayName("findings of one kind count once for each message, and once each; listener and route apart")
    void shouldCountMessagesAndFindingsOfEachKind() {
        Finding third = finding(new Place("OBX", 3, 5, 1, 2, 0), Severity.WARNING);
        Finding fourth = finding(new Place("OBX", 4, 5, 2, 2, 0), Severity.WARNING);
        Finding untold = finding(Place.MESSAGE, Severity.INFORMATION);
        tally.judged("in", message("QMMH", 7, judgement(Judgement.Stage.LISTENER, "in", third, fourth, untold)));
        tally.judged(
                "in",
                message(
                        "QMMH",
                        8,
                        judgement(Judgement.Stage.LISTENER, "in"),
                        judgement(Judgement.Stage.ROUTE, "results", fourth)));

        ConformanceCounts counts = collected();

        assertThat(counts.day()).isEqualTo(20_000);
        assertThat(counts.checked())
                .extracting(
                        each -> each.source().stage() + " " + each.source().name(),
                        Checked::messages,
                        Checked::withFindings,
                        Checked::warnings,
                        Checked::informations)
                .containsExactlyInAnyOrder(
                        tuple("listener in", 2L, 1L, 2L, 0L), tuple("route results", 1L, 1L, 1L, 0L));
        Found listener = counts.found().stream()
                .filter(each -> each.source().stage().equals("listener"))
                .findFirst()
                .orElseThrow();
        assertThat(listener.kind()).isEqualTo(new Kind("hl7", "length", Severity.WARNING, "OBX-5.2"));
        assertThat(listener.messages()).isEqualTo(1);
        assertThat(listener.findings()).isEqualTo(2);
        assertThat(listener.latest().place()).isEqualTo("OBX[3]-5.2");
        assertThat(listener.latest().id()).isEqualTo(7);
        assertThat(counts.found()).hasSize(2);
    }

    @Test
    @DisplayName("invented facilities without end stay bounded, and nothing of them is lost")
    void shouldStayBoundedWhateverSendersCallThemselves() {
        int senders = Period.MOST_CELLS + 500;
        for (int i = 0; i < senders; i++) {
            tally.judged("in", message("F" + i, i, judgement(Judgement.Stage.LISTENER, "in")));
        }
        ConformanceCounts counts = collected();
        assertThat(counts.checked()).hasSize(Period.MOST_CELLS + 1);
        assertThat(counts.checked().stream().mapToLong(Checked::messages).sum()).isEqualTo(senders);
    }

    @Test
    @DisplayName("names keep no control characters and no more than 80 characters")
    void shouldBoundNames() {
        tally.judged("in", message("A\u001b[2J" + "x".repeat(200), 1, judgement(Judgement.Stage.LISTENER, "in")));
        assertThat(collected().checked().get(0).source().facility()).hasSize(80).startsWith("A [2Jx");
    }

    @Test
    @DisplayName("what could not be kept is collected again, and nothing that is counted meanwhile is lost")
    void shouldLoseNothingWhileItIsCollected() throws InterruptedException {
        int threads = 2;
        int each = 20_000;
        CountDownLatch done = new CountDownLatch(threads);
        for (int thread = 0; thread < threads; thread++) {
            new Thread(() -> {
                        for (int i = 0; i < each; i++) {
                            tally.judged(
                                    "in",
                                    message(
                                            "QMMH",
                                            i,
                                            judgement(
                                                    Judgement.Stage.LISTENER,
                                                    "in",
                                                    finding(Place.ofSegment("PID", 1), Severity.ERROR))));
                        }
                        done.countDown();
                    })
                    .start();
        }
        List<ConformanceCounts> kept = new ArrayList<>();
        while (!done.await(5, TimeUnit.MILLISECONDS)) {
            ConformanceCounts counts = tally.collect(NOON);
            if (kept.size() % 2 == 0) {
                tally.putBack(counts);
                kept.add(new ConformanceCounts(0, List.of(), List.of()));
            } else {
                kept.add(counts);
            }
        }
        for (int i = 0; i < 3; i++) {
            kept.add(tally.collect(NOON));
        }
        assertThat(kept.stream()
                        .flatMap(counts -> counts.checked().stream())
                        .mapToLong(Checked::errors)
                        .sum())
                .isEqualTo((long) threads * each);
        assertThat(kept.stream()
                        .flatMap(counts -> counts.found().stream())
                        .mapToLong(Found::messages)
                        .sum())
                .isEqualTo((long) threads * each);
    }
}
