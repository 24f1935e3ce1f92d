package org.khokahano.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.khokahano.http.TestMessages.acknowledgement;
import static org.khokahano.http.TestMessages.message;
import static org.khokahano.http.TestMessages.text;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.khokahano.accept.Reply;

/** What a listener over HTTP takes, whom it takes it from, and what it answers. */
@Tag("socket")
class HttpListenerTest extends HttpListenerFixture {

    @Test
    @DisplayName("R16 the body comes back acknowledged with 200 and in the type it was sent in")
    void shouldAnswerWithTheAcknowledgementWhenAMessageIsPosted() throws IOException {
        try (RawConnection connection = connect(listen(LIMITS))) {
            RawConnection.Response response =
                    connection.post("/hl7", "Content-Type: x-application/hl7-v2+er7; charset=utf-8\r\n", message("1"));
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(acknowledgement("AA", "1"));
            assertThat(response.headers()).containsEntry("content-type", "x-application/hl7-v2+er7; charset=utf-8");
        }
        assertThat(intake.received).singleElement().satisfies(received -> {
            assertThat(received.bytes()).isEqualTo(message("1"));
            assertThat(received.remote()).isEqualTo("127.0.0.1");
        });
    }

    @Test
    void shouldTakeABodyThatComesInManyPiecesWithoutALength() throws IOException {
        byte[] whole = text(text(message("1")) + "NTE|1||" + "x".repeat(40_000) + '\r');
        try (RawConnection connection = connect(listen(LIMITS))) {
            connection.write("POST /hl7 HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int from = 0; from < whole.length; from += 1_000) {
                String piece = text(whole).substring(from, Math.min(whole.length, from + 1_000));
                connection.write(Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n");
            }
            assertThat(connection.write("0\r\n\r\n").read().status()).isEqualTo(200);
        }
        assertThat(intake.received.get(0).bytes()).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AE", "AR", "CE", "CR"})
    void shouldSay200ForANegativeAcknowledgementToo(String code) throws IOException {
        intake.replies((received, reply) -> reply.refuse(Reply.Refusal.UNACCEPTABLE, acknowledgement(code, "1")));
        try (RawConnection connection = connect(listen(LIMITS))) {
            RawConnection.Response response = connection.post(message("1"));
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(acknowledgement(code, "1"));
        }
    }

    @ParameterizedTest
    @CsvSource({"UNREADABLE, 400", "STORAGE, 503", "FAULT, 500", "TOO_LONG, 413", "UNACCEPTABLE, 200"})
    void shouldSayInTheStatusWhatTheTransportCouldNotTake(Reply.Refusal refusal, int status) throws IOException {
        intake.replies((received, reply) -> reply.refuse(refusal, acknowledgement("AR", "1")));
        try (RawConnection connection = connect(listen(LIMITS))) {
            RawConnection.Response response = connection.post(message("1"));
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.body()).isEqualTo(acknowledgement("AR", "1"));
            assertThat(response.headers().containsKey("retry-after")).isEqualTo(status == 503);
        }
    }

    @Test
    void shouldHandOverAnEmptyBodySoThatItIsAnsweredAsUnreadable() throws IOException {
        intake.replies((received, reply) -> reply.refuse(Reply.Refusal.UNREADABLE, acknowledgement("AR", "")));
        try (RawConnection connection = connect(listen(LIMITS))) {
            RawConnection.Response response = connection.post(new byte[0]);
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.body()).isEqualTo(acknowledgement("AR", ""));
        }
        assertThat(intake.received.get(0).bytes()).isEmpty();
    }

    @Test
    @DisplayName("R24 no acknowledgement wanted: 202 and no body when taken, 422 when refused")
    void shouldAnswerWithoutABodyWhenNoAcknowledgementIsWanted() throws IOException {
        try (RawConnection connection = connect(listen(LIMITS))) {
            intake.replies((received, reply) -> reply.send(null));
            RawConnection.Response taken = connection.post(message("1"));
            intake.replies((received, reply) -> reply.refuse(Reply.Refusal.UNACCEPTABLE, null));
            RawConnection.Response refused = connection.post(message("2"));
            assertThat(List.of(taken.status(), refused.status())).containsExactly(202, 422);
            assertThat(taken.body()).isEmpty();
            assertThat(refused.body()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "application/hl7-v2, 200",
        "application/hl7-v2+er7, 200",
        "x-application/hl7-v2+er7, 200",
        "Text/Plain;charset=ISO-8859-1, 200",
        "application/hl7-v2+xml, 415",
        "application/json, 415",
        "text/plain; charset=klingon, 415",
        "nothing, 415",
    })
    void shouldReadOnlyTheTypesOfHl7(String type, int status) throws IOException {
        try (RawConnection connection = connect(listen(LIMITS))) {
            assertThat(connection
                            .post("/hl7", "Content-Type: " + type + "\r\n", message("1"))
                            .status())
                    .isEqualTo(status);
            assertThat(connection.post(message("2")).status()).isEqualTo(200);
        }
    }

    @Test
    void shouldTurnAwayWhatIsCompressed() throws IOException {
        try (RawConnection connection = connect(listen(LIMITS))) {
            assertThat(connection
                            .post("/hl7", "Content-Encoding: gzip\r\n", message("1"))
                            .status())
                    .isEqualTo(415);
        }
        assertThat(intake.received).isEmpty();
    }

    @Test
    void shouldSayWhatIsAllowedWhenTheMethodIsAnother() throws IOException {
        try (RawConnection connection = connect(listen(LIMITS))) {
            connection.write("GET /hl7 HTTP/1.1\r\nHost: test\r\n\r\n");
            RawConnection.Response response = connection.read();
            assertThat(response.status()).isEqualTo(405);
            assertThat(response.headers()).containsEntry("allow", "POST");
            assertThat(connection.post("/other", "", message("1")).status()).isEqualTo(404);
        }
        assertThat(events.seen).contains("request refused http405", "request refused http404");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Authorization: Basic YTpi\r\n", "Authorization: Bearer other\r\n", "Authorization: x\r\n"})
    void shouldTellNothingButTheSchemeToWhoShowsNoCredential(String header) throws IOException {
        HttpListener closed = listen(LIMITS, Credential.basic("ehr", "lebitso"), Credential.bearer("tokene"));
        for (String path : List.of("/hl7", "/other")) {
            try (RawConnection connection = connect(closed)) {
                RawConnection.Response response =
                        connection.post(path, header + "Content-Type: application/json\r\n", message("1"));
                assertThat(response.status()).isEqualTo(401);
                assertThat(response.headers())
                        .containsEntry(
                                "www-authenticate", "Basic realm=\"hl7\", charset=\"UTF-8\", Bearer realm=\"hl7\"")
                        .doesNotContainKeys("allow", "server");
                assertThat(response.body()).isEmpty();
            }
        }
        assertThat(intake.received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic ZWhyOmxlYml0c28=", "basic ZWhyOmxlYml0c28=", "Bearer tokene", "BEARER tokene"})
    void shouldTakeMessagesOfWhoShowsOneOfTheCredentials(String authorization) throws IOException {
        HttpListener closed = listen(LIMITS, Credential.basic("ehr", "lebitso"), Credential.bearer("tokene"));
        try (RawConnection connection = connect(closed)) {
            assertThat(connection
                            .post("/hl7", "Authorization: " + authorization + "\r\n", message("1"))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void shouldAnswerRequestsThatCameTogetherInTheirOrder() throws IOException {
        intake.replies((received, reply) ->
                reply.send(acknowledgement("AA", text(received.bytes()).contains("|one|") ? "one" : "two")));
        try (RawConnection connection = connect(listen(LIMITS))) {
            String first = RawConnection.head("POST", "/hl7", "", message("one").length) + text(message("one"));
            String second = RawConnection.head("POST", "/hl7", "", message("two").length) + text(message("two"));
            connection.write(first + second);
            assertThat(connection.read().body()).isEqualTo(acknowledgement("AA", "one"));
            assertThat(connection.read().body()).isEqualTo(acknowledgement("AA", "two"));
        }
    }

    @Test
    void shouldCloseWithoutAWordAboutItselfWhenWhatComesIsNotHttp() throws IOException {
        try (RawConnection connection = connect(listen(LIMITS))) {
            connection.write("\u000bMSH|^~\\&|EHR\r\u001c\r\r\n\r\n");
            RawConnection.Response response = connection.read();
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.body()).isEmpty();
            assertThat(connection.isClosedByPeer()).isTrue();
        }
    }
}
