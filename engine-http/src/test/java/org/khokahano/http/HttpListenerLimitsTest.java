package org.khokahano.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.khokahano.http.TestMessages.acknowledgement;
import static org.khokahano.http.TestMessages.message;
import static org.khokahano.http.TestMessages.text;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.accept.Reply;

/** What a listener over HTTP does where something is too long, too slow or too much. */
@Tag("socket")
class HttpListenerLimitsTest extends HttpListenerFixture {

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
}
