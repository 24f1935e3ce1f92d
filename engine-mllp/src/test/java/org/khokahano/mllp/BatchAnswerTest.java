package org.khokahano.mllp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;

@Tag("socket")
class BatchAnswerTest {

    private static byte[] batch(String id, String... controlIds) {
        StringBuilder text = new StringBuilder("BHS|^~\\&|HUB|MOH|LIS|NRL|||||" + id + "\r");
        for (String controlId : controlIds) {
            text.append(new String(TestMessages.adt(controlId), StandardCharsets.US_ASCII));
        }
        return text.append("BTS|" + controlIds.length + "\r").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static ScriptedPeer.Step answersEachOf(String... answers) {
        return (message, exchange) -> {
            for (String answer : answers) {
                exchange.answer(answer.getBytes(StandardCharsets.US_ASCII));
            }
        };
    }

    private static String noErrors(String reference) {
        return "BHS|^~\\&|LIS|NRL|HUB|MOH|||||X|" + reference + "\rBTS|0\r";
    }

    private static String ack(String controlId) {
        return new String(TestMessages.ack("AA", controlId), StandardCharsets.US_ASCII);
    }

    @Test
    @DisplayName("R26 R44 a second answer to one batch does not end the next, whose own is waited for")
    void shouldNotCreditTheAnswerToAnotherBatch() throws Exception {
        try (ScriptedPeer peer =
                        new ScriptedPeer(answersEachOf(noErrors("B1")), answersEachOf(noErrors("B1"), noErrors("B2")));
                SenderFixture fixture = new SenderFixture(peer.settings())) {
            assertThat(SenderFixture.get(fixture.begin(batch("B1", "A", "B"))).kind())
                    .isEqualTo(OutcomeKind.AA);
            SendOutcome second = SenderFixture.get(fixture.begin(batch("B2", "C")));
            assertThat(new String(second.answer(), StandardCharsets.US_ASCII)).contains("|B2\r");
            assertThat(fixture.events.dropped).containsExactly("otherControlId");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"OTHER", "A"})
    @DisplayName("R26 R44 one acknowledgement ends a batch only if it names it or nothing")
    void shouldNotCreditTheAcknowledgementOfAnotherMessage(String foreign) throws Exception {
        for (String own : new String[] {"B2", ""}) {
            try (ScriptedPeer peer = new ScriptedPeer(answersEachOf(ack(foreign), ack(own)));
                    SenderFixture fixture = new SenderFixture(peer.settings())) {
                SendOutcome outcome = SenderFixture.get(fixture.begin(batch("B2", "C", "D")));
                assertThat(new String(outcome.answer(), StandardCharsets.US_ASCII))
                        .as(own)
                        .isEqualTo(ack(own));
                assertThat(fixture.events.dropped).containsExactly("otherControlId");
            }
        }
    }

    @Test
    @DisplayName("R26 R44 an answer without BHS-12 is told by the messages that it names")
    void shouldTellAnAnswerByItsMessages() throws Exception {
        String bare = "BHS|^~\\&|LIS|NRL|HUB|MOH|||||X\r";
        try (ScriptedPeer peer = new ScriptedPeer(
                        answersEachOf(bare + ack("A") + "BTS|1\r", bare + ack("C") + ack("D") + "BTS|2\r"));
                SenderFixture fixture = new SenderFixture(peer.settings())) {
            SendOutcome outcome = SenderFixture.get(fixture.begin(batch("B2", "C", "D")));
            assertThat(new String(outcome.answer(), StandardCharsets.US_ASCII)).contains("BTS|2");
        }
    }

    private static String negative(String controlId) {
        return new String(TestMessages.ack("AE", controlId), StandardCharsets.US_ASCII);
    }

    @Test
    @DisplayName(
            "R44 a partner that answers each message of a batch in a frame of its own has answered it with the last")
    void shouldGatherTheAnswersToSingleMessages() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(answersEachOf(ack("C"), ack("C"), negative("E"), ack("D")));
                SenderFixture fixture = new SenderFixture(peer.settings())) {
            SendOutcome outcome = SenderFixture.get(fixture.begin(batch("B2", "C", "D", "E")));

            assertThat(new String(outcome.answer(), StandardCharsets.US_ASCII))
                    .isEqualTo("BHS|^~\\&\r" + ack("C") + negative("E") + ack("D") + "BTS|3\r");
            assertThat(fixture.events.dropped).containsExactly("repeated");
        }
    }

    @Test
    @DisplayName("R27 R44 what was acknowledged of a batch before the time was over or the connection broke counts")
    void shouldKeepTheAnswersThatCame() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(answersEachOf(ack("C")), (message, exchange) -> {
                    exchange.answer(TestMessages.ack("AA", "C"));
                    exchange.socket().close();
                });
                SenderFixture fixture =
                        new SenderFixture(peer.settings().expecting(SenderFixture.within(Duration.ofMillis(500))))) {
            for (OutcomeKind end : List.of(OutcomeKind.TIMEOUT, OutcomeKind.RESET)) {
                SendOutcome outcome = SenderFixture.get(fixture.begin(batch("B2", "C", "D")));
                assertThat(outcome.kind()).isEqualTo(end);
                assertThat(new String(outcome.answer(), StandardCharsets.US_ASCII))
                        .isEqualTo("BHS|^~\\&\r" + ack("C") + "BTS|1\r");
            }
        }
    }
}
