package org.khokahano.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.lane.FakeLoop;

@Tag("unit")
class BatchingSenderTest {

    private final List<SendOutcome> outcomes = new ArrayList<>();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] message(String controlId) {
        return bytes("MSH|^~\\&|HUB|MOH|LIS|NRL|20261123||ADT^A01|" + controlId + "|P|2.5.1\rPID|1\r");
    }

    private static String ack(String code, String controlId) {
        return "MSH|^~\\&|LIS|NRL|HUB|MOH|20261123||ACK|X|P|2.5.1\rMSA|" + code + "|" + controlId + "\r";
    }

    /** Sends messages A, B and C in one batch to a partner with this outcome. */
    private List<OutcomeKind> kinds(BatchSettings.Answers answers, SendOutcome whole) {
        Sender partner = new Sender() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void send(byte[] payload, Consumer<SendOutcome> outcome) {
                outcome.accept(whole);
            }

            @Override
            public void close() {}
        };
        BatchSettings settings = new BatchSettings(3, Duration.ofSeconds(1), 1 << 20, false, answers);
        BatchingSender sender = new BatchingSender(partner, settings, new FakeLoop());
        for (String id : List.of("A", "B", "C")) {
            sender.send(message(id), outcomes::add);
        }
        return outcomes.stream().map(SendOutcome::kind).toList();
    }

    @Test
    @DisplayName("R44 of a batch that was answered in part only the rest goes again")
    void shouldKeepWhatWasAnsweredBeforeTheTimeWasOver() {
        byte[] came = bytes("BHS|^~\\&\r" + ack("AA", "C") + ack("AR", "A") + "BTS|2\r");
        assertThat(kinds(BatchSettings.Answers.ALL, new SendOutcome(OutcomeKind.TIMEOUT, came, "none in time", true)))
                .containsExactly(OutcomeKind.AR, OutcomeKind.TIMEOUT, OutcomeKind.AA);
        assertThat(outcomes.get(1).outcomeUnknown()).isTrue();
    }

    @Test
    @DisplayName("R44 errors of which more may have been to come do not say that the others are well")
    void shouldNotTakeSilenceForConsentAfterABreak() {
        byte[] came = bytes("BHS|^~\\&\r" + ack("AE", "B") + "BTS|1\r");
        assertThat(kinds(BatchSettings.Answers.ERRORS, new SendOutcome(OutcomeKind.RESET, came, "broke", true)))
                .containsExactly(OutcomeKind.RESET, OutcomeKind.AE, OutcomeKind.RESET);
    }

    @Test
    @DisplayName("R44 an acknowledgement for the batch is one for all of it")
    void shouldTakeOneAnswerForAll() {
        SendOutcome whole = SendOutcome.answered(OutcomeKind.AA, bytes(ack("AA", "")));
        assertThat(kinds(BatchSettings.Answers.ALL, whole)).containsOnly(OutcomeKind.AA);
    }

    @Test
    @DisplayName(
            "R1 R28 what the partner can never be sent ends by itself, and keeps back nothing that is gathered with it")
    void shouldEndWhatCannotBeSentByItself() {
        List<String> sent = new ArrayList<>();
        Sender partner = new Sender() {
            @Override
            public void send(byte[] payload, Consumer<SendOutcome> outcome) {
                sent.add(new String(payload, StandardCharsets.US_ASCII));
                outcome.accept(SendOutcome.answered(OutcomeKind.AA, bytes(ack("AA", ""))));
            }

            @Override
            public String whyUnsendable(byte[] payload) {
                return new String(payload, StandardCharsets.US_ASCII).contains("|B|") ? "it is B" : "";
            }

            @Override
            public void close() {}
        };
        BatchSettings settings = new BatchSettings(2, Duration.ofSeconds(1), 1 << 20, false, BatchSettings.Answers.ALL);
        BatchingSender sender = new BatchingSender(partner, settings, new FakeLoop());

        List.of("A", "B", "C").forEach(id -> sender.send(message(id), outcomes::add));

        assertThat(outcomes)
                .extracting(SendOutcome::kind)
                .containsExactly(OutcomeKind.UNSENDABLE, OutcomeKind.AA, OutcomeKind.AA);
        assertThat(sent).singleElement().asString().contains("|A|", "|C|").doesNotContain("|B|");
    }
}
