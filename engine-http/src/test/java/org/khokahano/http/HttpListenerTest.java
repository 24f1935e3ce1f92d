package org.khokahano.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.khokahano.http.TestMessages.acknowledgement;
import static org.khokahano.http.TestMessages.message;
import static org.khokahano.http.TestMessages.text;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.khokahano.accept.Reply;
import org.khokahano.loop.EngineClock;

@Tag("socket")
class HttpListenerTest {

    private static final HttpListenerSettings.Limits LIMITS =
            new HttpListenerSettings.Limits(64 * 1024, 1 << 20, Duration.ofSeconds(10), Duration.ofSeconds(10), 10, 4);

    private final TestLoops loops = new TestLoops();
    private final ScriptedIntake intake = new ScriptedIntake();
    private final RecordingEvents events = new RecordingEvents();
    private @Nullable HttpListener listener;

    @AfterEach
    void close() {
        if (listener != null) {
            listener.close();
        }
        loops.close();
    }

    private HttpListener listen(HttpListenerSettings.Limits limits, Credential... credentials) {
        return listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), limits, credentials);
    }

    private HttpListener listen(
            InetSocketAddress address, HttpListenerSettings.Limits limits, Credential... credentials) {
        HttpListener started = new HttpListener(
                new HttpListenerSettings(address, "/hl7", limits, List.of(credentials), null),
                intake,
                loops.group(),
                loops::executorOf,
                events,
                EngineClock.system());
        started.start();
        listener = started;
        return started;
    }

    private RawConnection connect(HttpListener to) throws IOException {
        return new RawConnection(addressOf(to));
    }

    private static InetSocketAddress addressOf(HttpListener listener) {
        InetSocketAddress address = listener.address();
        if (address == null) {
            throw new AssertionError(listener.problem());
        }
        return address;
    }

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
    @DisplayName("R6 a message that is too long: 413 with the AR, its head kept, the connection closed")
    void shouldKeepTheHeadAndCloseWhenAMessageIsTooLong() throws IOException {
        HttpListener small = listen(LIMITS);
        byte[] longer = text(text(message("1")) + "x".repeat(LIMITS.maxBodyBytes()));
        try (RawConnection connection = connect(small)) {
            RawConnection.Response response = connection.post(longer);
            assertThat(response.status()).isEqualTo(413);
            assertThat(response.body()).isEqualTo(acknowledgement("AR", "1"));
            assertThat(connection.isClosedByPeer()).isTrue();
        }
        assertThat(intake.tooLong)
                .singleElement()
                .satisfies(head -> assertThat(head.bytes()).hasSize(LIMITS.maxBodyBytes()));
        assertThat(intake.received).isEmpty();
        try (RawConnection connection = connect(small)) {
            assertThat(connection.post(message("2")).status()).isEqualTo(200);
        }
    }

    @Test
    void shouldAnswer503WhenTheBodiesOnTheWayFillTheirRoom() throws Exception {
        HttpListenerSettings.Limits tight =
                new HttpListenerSettings.Limits(64 * 1024, 300, LIMITS.requestTimeout(), LIMITS.idleTimeout(), 10, 4);
        CompletableFuture<Reply> held = new CompletableFuture<>();
        intake.replies((received, reply) -> held.complete(reply));
        HttpListener full = listen(tight);
        byte[] large = text(text(message("1")) + "NTE|1||" + "x".repeat(100) + '\r');
        try (RawConnection first = connect(full);
                RawConnection second = connect(full)) {
            first.write(RawConnection.head("POST", "/hl7", "", large.length)).write(large);
            Reply reply = held.get();
            RawConnection.Response response = second.post(large);
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.headers()).containsKey("retry-after");
            reply.executor().execute(() -> reply.send(acknowledgement("AA", "1")));
            assertThat(first.read().status()).isEqualTo(200);
            intake.replies((received, later) -> later.send(acknowledgement("AA", "2")));
            assertThat(second.post(large).status()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("R5 a request that does not end in time: 408, what came is kept, nothing is received")
    void shouldGiveUpARequestThatTakesTooLong() throws IOException {
        HttpListenerSettings.Limits hasty = new HttpListenerSettings.Limits(
                64 * 1024, 1 << 20, Duration.ofMillis(300), LIMITS.idleTimeout(), 10, 4);
        try (RawConnection connection = connect(listen(hasty))) {
            connection.write(RawConnection.head("POST", "/hl7", "", 5_000)).write(message("1"));
            assertThat(connection.read().status()).isEqualTo(408);
            assertThat(connection.isClosedByPeer()).isTrue();
        }
        await().untilAsserted(() -> assertThat(intake.unframed)
                .singleElement()
                .satisfies(part -> assertThat(part.received().bytes()).isEqualTo(message("1"))));
        assertThat(intake.received).isEmpty();
    }

    @Test
    @DisplayName("R5 a sender that leaves inside a body: what came is kept, nothing is received")
    void shouldKeepWhatCameWhenTheSenderLeavesInsideABody() throws IOException {
        HttpListener open = listen(LIMITS);
        try (RawConnection connection = connect(open)) {
            connection.write(RawConnection.head("POST", "/hl7", "", 5_000)).write(message("1"));
            await().until(() -> events.seen.contains("opened"));
        }
        await().untilAsserted(() -> assertThat(intake.unframed)
                .singleElement()
                .satisfies(part -> assertThat(part.reason()).isEqualTo("endOfStreamInBody")));
        assertThat(intake.received).isEmpty();
        await().until(() -> open.connectionCount() == 0);
    }

    @Test
    void shouldAnswer503WhenTheCommitTakesTooLong() throws IOException {
        HttpListenerSettings.Limits hasty = new HttpListenerSettings.Limits(
                64 * 1024, 1 << 20, Duration.ofMillis(300), LIMITS.idleTimeout(), 10, 4);
        CompletableFuture<Reply> late = new CompletableFuture<>();
        intake.replies((received, reply) -> late.complete(reply));
        try (RawConnection connection = connect(listen(hasty))) {
            assertThat(connection.post(message("1")).status()).isEqualTo(503);
            // The commit that comes after all finds nobody to tell, and harms nothing.
            Reply reply = late.join();
            reply.executor().execute(() -> reply.send(acknowledgement("AA", "1")));
            intake.replies((received, next) -> next.send(acknowledgement("AA", "2")));
            assertThat(connection.post(message("2")).body()).isEqualTo(acknowledgement("AA", "2"));
        }
    }

    @Test
    void shouldNotReadWhileTheStoreIsSaturatedAndGoOnAfterwards() throws IOException {
        intake.saturate();
        try (RawConnection connection = connect(listen(LIMITS))) {
            connection.write(RawConnection.head("POST", "/hl7", "", message("1").length));
            connection.write(message("1"));
            await().during(Duration.ofMillis(100)).until(intake.received::isEmpty);
            intake.relieve();
            assertThat(connection.read().status()).isEqualTo(200);
        }
    }

    @Test
    void shouldAnswer503WhenTheStoreStaysSaturated() throws IOException {
        HttpListenerSettings.Limits hasty = new HttpListenerSettings.Limits(
                64 * 1024, 1 << 20, Duration.ofMillis(300), LIMITS.idleTimeout(), 10, 4);
        intake.saturate();
        try (RawConnection connection = connect(listen(hasty))) {
            RawConnection.Response response = connection.post(message("1"));
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.headers()).containsKey("retry-after");
        }
        intake.relieve();
        await().during(Duration.ofMillis(100)).until(intake.received::isEmpty);
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
    void shouldAnswer503WhenAConnectionHasTooManyRequestsWaiting() throws Exception {
        List<Reply> held = new java.util.concurrent.CopyOnWriteArrayList<>();
        intake.replies((received, reply) -> held.add(reply));
        try (RawConnection connection = connect(listen(LIMITS))) {
            String request = RawConnection.head("POST", "/hl7", "", message("1").length) + text(message("1"));
            connection.write(request.repeat(LIMITS.maxInFlight() + 1));
            await().until(() -> held.size() == LIMITS.maxInFlight());
            held.forEach(reply -> reply.executor().execute(() -> reply.send(acknowledgement("AA", "1"))));
            for (int i = 0; i < LIMITS.maxInFlight(); i++) {
                assertThat(connection.read().status()).isEqualTo(200);
            }
            assertThat(connection.read().status()).isIn(200, 503);
        }
        assertThat(intake.received).hasSizeLessThanOrEqualTo(LIMITS.maxInFlight() + 1);
    }

    @Test
    @DisplayName("R9 a connection too many is closed, and counted")
    void shouldCloseAConnectionTooMany() throws IOException {
        HttpListenerSettings.Limits one = new HttpListenerSettings.Limits(
                64 * 1024, 1 << 20, LIMITS.requestTimeout(), LIMITS.idleTimeout(), 1, 4);
        HttpListener narrow = listen(one);
        try (RawConnection first = connect(narrow)) {
            assertThat(first.post(message("1")).status()).isEqualTo(200);
            try (RawConnection second = connect(narrow)) {
                assertThat(second.isClosedByPeer()).isTrue();
            }
            assertThat(first.post(message("2")).status()).isEqualTo(200);
            assertThat(events.seen).contains("connection refused maxConnections");
            assertThat(narrow.connectionCount()).isEqualTo(1);
        }
        await().until(() -> narrow.connectionCount() == 0);
        try (RawConnection third = connect(narrow)) {
            assertThat(third.post(message("3")).status()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("R8 a connection without a request is closed after the idle time")
    void shouldCloseAnIdleConnection() throws IOException {
        HttpListenerSettings.Limits impatient = new HttpListenerSettings.Limits(
                64 * 1024, 1 << 20, LIMITS.requestTimeout(), Duration.ofMillis(300), 10, 4);
        try (RawConnection connection = connect(listen(impatient))) {
            assertThat(connection.post(message("1")).status()).isEqualTo(200);
            assertThat(connection.isClosedByPeer()).isTrue();
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

    @Test
    @DisplayName("R10 a port that is taken is tried again until it is free")
    void shouldListenAsSoonAsThePortIsFree() throws IOException {
        HttpListener waiting;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            waiting = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), taken.getLocalPort()), LIMITS);
            assertThat(waiting.address()).isNull();
            assertThat(waiting.problem()).startsWith("cannot bind").contains(Integer.toString(taken.getLocalPort()));
        }
        await().atMost(Duration.ofSeconds(8)).until(() -> waiting.address() != null);
        assertThat(waiting.problem()).isEmpty();
        try (RawConnection connection = connect(waiting)) {
            assertThat(connection.post(message("1")).status()).isEqualTo(200);
        }
    }

    @Test
    void shouldAnswerWhatItTookAndNothingNewWhenItStops() throws Exception {
        CompletableFuture<Reply> held = new CompletableFuture<>();
        intake.replies((received, reply) -> held.complete(reply));
        HttpListener stopping = listen(LIMITS);
        InetSocketAddress address = addressOf(stopping);
        try (RawConnection idle = connect(stopping);
                RawConnection connection = connect(stopping)) {
            connection.write(RawConnection.head("POST", "/hl7", "", message("1").length));
            connection.write(message("1"));
            Reply reply = held.get();
            stopping.stop();
            assertThat(stopping.address()).isNull();
            assertThat(idle.post(message("2")).status()).isEqualTo(503);
            reply.executor().execute(() -> reply.send(acknowledgement("AA", "1")));
            assertThat(connection.read().body()).isEqualTo(acknowledgement("AA", "1"));
            stopping.close();
            assertThat(connection.isClosedByPeer()).isTrue();
        }
        assertThat(intake.received).hasSize(1);
        assertThat(stopping.connectionCount()).isZero();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new RawConnection(address))
                .isInstanceOf(IOException.class);
    }

    @Test
    @DisplayName("A port is free as soon as its listener stops, though a request is open, which is answered still")
    void shouldGiveUpItsPortWhileARequestIsOpen() throws Exception {
        CompletableFuture<Reply> held = new CompletableFuture<>();
        intake.replies((received, reply) -> held.complete(reply));
        HttpListener before = listen(LIMITS);
        InetSocketAddress address = addressOf(before);
        try (RawConnection idle = connect(before);
                RawConnection connection = connect(before)) {
            connection.write(RawConnection.head("POST", "/hl7", "", message("1").length));
            connection.write(message("1"));
            Reply reply = held.get();
            before.stop();
            intake.replies((received, second) -> second.send(acknowledgement("AA", "2")));
            HttpListener after = listen(address, LIMITS);
            assertThat(after.problem()).isEmpty();
            try (RawConnection fresh = connect(after)) {
                assertThat(fresh.post(message("2")).body()).isEqualTo(acknowledgement("AA", "2"));
            }
            RawConnection.Response sentAway = idle.post(message("3"));
            assertThat(sentAway.status()).isEqualTo(503);
            assertThat(sentAway.headers()).containsEntry("connection", "close");
            assertThat(idle.isClosedByPeer()).isTrue();
            reply.executor().execute(() -> reply.send(acknowledgement("AA", "1")));
            assertThat(connection.read().body()).isEqualTo(acknowledgement("AA", "1"));
            before.close();
        }
    }

    @Test
    @DisplayName("A listener that was closed before its turn to start does not listen")
    void shouldNotListenWhenItWasClosedBeforeItStarted() {
        HttpListener late = new HttpListener(
                new HttpListenerSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "/hl7", LIMITS, List.of(), null),
                intake,
                loops.group(),
                loops::executorOf,
                events,
                EngineClock.system());
        late.close();
        late.start();
        assertThat(late.address()).isNull();
        assertThat(late.problem()).isEqualTo("stopped");
    }
}
