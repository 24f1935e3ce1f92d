package org.khokahano.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.khokahano.http.TestMessages.acknowledgement;
import static org.khokahano.http.TestMessages.message;
import static org.khokahano.http.TestMessages.text;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.khokahano.http.AnswerJudge.SentId;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;

@Tag("unit")
class AnswerJudgeTest {

    @ParameterizedTest
    @DisplayName("R28 each answer has one outcome, by what judges it")
    @CsvSource({
        // judge, status, body, outcome, outcome unknown
        "STATUS, 200, empty, AA, false",
        "STATUS, 204, empty, AA, false",
        "STATUS, 200, AE, AA, false",
        "STATUS, 302, empty, AR, false",
        "STATUS, 400, empty, AE, false",
        "STATUS, 401, empty, AR, false",
        "STATUS, 403, empty, AR, false",
        "STATUS, 404, empty, AR, false",
        "STATUS, 408, empty, AR, false",
        "STATUS, 413, empty, AE, false",
        "STATUS, 422, empty, AE, false",
        "STATUS, 429, empty, AR, false",
        "STATUS, 500, empty, AR, true",
        "STATUS, 502, page, AR, true",
        "STATUS, 503, empty, AR, false",
        "STATUS, 504, empty, AR, true",
        "ACK, 200, AA, AA, false",
        "ACK, 200, CA, CA, false",
        "ACK, 500, AA, AA, false",
        "ACK, 400, AE, AE, false",
        "ACK, 500, AR, AR, false",
        "ACK, 200, XX, UNREADABLE, true",
        "ACK, 200, empty, NO_MSA, true",
        "ACK, 200, page, UNREADABLE, true",
        "ACK, 200, noMsa, NO_MSA, true",
        "ACK, 200, other, NO_MSA, true",
        "ACK, 503, page, AR, false",
        "ACK, 422, empty, AE, false",
        "BOTH, 200, AA, AA, false",
        "BOTH, 200, CE, CE, false",
        "BOTH, 200, AR, AR, false",
        "BOTH, 202, empty, AA, false",
        "BOTH, 200, page, UNREADABLE, true",
        "BOTH, 200, noMsa, NO_MSA, true",
        "BOTH, 200, other, NO_MSA, true",
        "BOTH, 500, AA, AR, true",
        "BOTH, 400, AE, AE, false",
        "BOTH, 500, AE, AE, false",
        "BOTH, 503, empty, AR, false",
        "BOTH, 415, page, AE, false",
    })
    void shouldHaveOneOutcomeForEachAnswer(Judge judge, int status, String body, OutcomeKind kind, boolean unknown) {
        SendOutcome outcome =
                new AnswerJudge(judge).outcome(status, body(body), new SentId("C1", new byte[] {'C', '1'}));
        assertThat(outcome.kind()).isEqualTo(kind);
        assertThat(outcome.outcomeUnknown()).isEqualTo(unknown);
    }

    @Test
    @DisplayName("R26 An answer whose MSA-2 has the bytes of MSH-10 is its own, whatever character set each says")
    void shouldMatchByBytesToo() {
        byte[] sent = "MSH|^~\\&|A|B|C|D|20261123||ADT^A01|T\u00e9|P|2.5||||||8859/5\r".getBytes(ISO_8859_1);
        byte[] answer = "MSH|^~\\&|C|D|A|B|20261123||ACK|9|P|2.5||||||8859/1\rMSA|AA|T\u00e9\r".getBytes(ISO_8859_1);
        assertThat(new AnswerJudge(Judge.ACK)
                        .outcome(200, answer, SentId.of(sent))
                        .kind())
                .isEqualTo(OutcomeKind.AA);
    }

    @ParameterizedTest
    @CsvSource({"ACK", "BOTH"})
    @DisplayName("R43 R44 Acknowledgements without a batch around them are those of a batch, not one for all of it")
    void shouldKeepSeveralAcknowledgements(Judge judge) {
        byte[] several = (new String(acknowledgement("AE", "A"), ISO_8859_1)
                        + new String(acknowledgement("AA", "B"), ISO_8859_1))
                .getBytes(ISO_8859_1);
        SendOutcome outcome = new AnswerJudge(judge).batchOutcome(200, several);
        assertThat(outcome.kind()).isEqualTo(OutcomeKind.AA);
        assertThat(outcome.answer()).isEqualTo(several);
        assertThat(new AnswerJudge(judge)
                        .batchOutcome(200, acknowledgement("AE", "A"))
                        .kind())
                .as("one alone")
                .isEqualTo(OutcomeKind.AE);
    }

    @ParameterizedTest
    @CsvSource({"ACK", "BOTH"})
    void shouldTakeAnyControlIdForAMessageThatHasNone(Judge judge) {
        assertThat(new AnswerJudge(judge)
                        .outcome(200, acknowledgement("AA", "whatever"), SentId.NONE)
                        .kind())
                .isEqualTo(OutcomeKind.AA);
    }

    private static byte[] body(String name) {
        return switch (name) {
            case "empty" -> new byte[0];
            case "page" -> text("<html>Welcome</html>");
            case "noMsa" -> message("C1");
            case "other" -> acknowledgement("AA", "C2");
            default -> acknowledgement(name, "C1");
        };
    }
}
