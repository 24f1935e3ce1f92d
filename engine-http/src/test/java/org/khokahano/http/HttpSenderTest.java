package org.khokahano.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.khokahano.http.ScriptedPartner.answering;
import static org.khokahano.http.TestMessages.acknowledgement;
import static org.khokahano.http.TestMessages.message;
import static org.khokahano.http.TestMessages.text;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.http.HttpSenderSettings.Method;
import org.khokahano.http.HttpSenderSettings.Request;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;

@Tag("socket")
class HttpSenderTest {

    private final TestLoops loops = new TestLoops();
    private final EventLoop loop = (EventLoop) loops.group().next();
    private final SerialExecutor executor = loops.executorOf(loop);
    private final List<HttpSender> senders = new ArrayList<>();

    @AfterEach
    void close() {
        senders.forEach(sender -> executor.execute(sender::close));
        loops.close();
    }

    private HttpSender sender(Request request, Duration timeout) {
        HttpSender sender =
                new HttpSender("test", HttpSenderSettings.of(request, timeout, Judge.BOTH, null), loop, executor);
        senders.add(sender);
        return sender;
    }

    private HttpSender sender(URI url) {
        return sender(Request.post(url), Duration.ofSeconds(20));
    }

    private CompletableFuture<SendOutcome> begin(HttpSender sender, byte[] payload) {
        CompletableFuture<SendOutcome> ended = new CompletableFuture<>();
        executor.execute(() -> sender.send(payload, outcome -> {
            if (!executor.isCurrent()) {
                ended.completeExceptionally(new AssertionError("not on the lane's executor"));
            } else if (!ended.complete(outcome)) {
                throw new AssertionError("a second outcome");
            }
        }));
        return ended;
    }

    private SendOutcome send(HttpSender sender, byte[] payload) throws Exception {
        return begin(sender, payload).get(30, TimeUnit.SECONDS);
    }

    @Test
    void shouldSendTheBytesAsTheyAreWithWhatIsConfigured() throws Exception {
        try (ScriptedPartner partner = new ScriptedPartner(answering(200, acknowledgement("AA", "1")))) {
            Request request = new Request(
                    partner.url(),
                    Method.PUT,
                    "application/hl7-v2",
                    Map.of("X-Facility", "QMMH"),
                    Credential.basic("hub", "lebitso"));
            SendOutcome outcome = send(sender(request, Duration.ofSeconds(5)), message("1"));
            assertThat(outcome.kind()).isEqualTo(OutcomeKind.AA);
            assertThat(outcome.answer()).isEqualTo(acknowledgement("AA", "1"));
            ScriptedPartner.Request received = partner.requests.get(0);
            assertThat(received.line()).isEqualTo("PUT /hl7?from=khoka HTTP/1.1");
            assertThat(received.body()).isEqualTo(message("1"));
            assertThat(received.headers())
                    .containsEntry("content-type", "application/hl7-v2")
                    .containsEntry("x-facility", "QMMH")
                    .containsEntry("authorization", "Basic aHViOmxlYml0c28=")
                    .containsEntry("host", "127.0.0.1:" + partner.port())
                    .containsEntry("content-length", Integer.toString(message("1").length));
            assertThat(request.toString()).doesNotContain("QMMH", "from=");
        }
    }

    @Test
    void shouldUseOneConnectionForOneMessageAfterTheOther() throws Exception {
        try (ScriptedPartner partner = new ScriptedPartner(answering(200, new byte[0]))) {
            HttpSender sender = sender(partner.url());
            for (int i = 0; i < 20; i++) {
                assertThat(send(sender, message("1")).kind()).isEqualTo(OutcomeKind.AA);
            }
            assertThat(partner.connections).hasValue(1);
        }
    }

    @Test
    void shouldNotFollowARedirect() throws Exception {
        try (ScriptedPartner partner = new ScriptedPartner((request, connection) -> {
            connection.write("HTTP/1.1 307 X\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n");
            return true;
        })) {
            SendOutcome outcome = send(sender(partner.url()), message("1"));
            assertThat(outcome.kind()).isEqualTo(OutcomeKind.AR);
            assertThat(outcome.detail()).isEqualTo("HTTP 307");
            assertThat(partner.requests).hasSize(1);
        }
    }

    @Test
    @DisplayName("R27 no answer in time: the outcome is unknown, and the connection is not used again")
    void shouldEndAsTimeoutAndUseAnotherConnectionWhenNoAnswerComes() throws Exception {
        try (ScriptedPartner partner = new ScriptedPartner((request, connection) -> true)) {
            HttpSender sender = sender(Request.post(partner.url()), Duration.ofMillis(400));
            SendOutcome outcome = send(sender, message("1"));
            assertThat(outcome.kind()).isEqualTo(OutcomeKind.TIMEOUT);
            assertThat(outcome.outcomeUnknown()).isTrue();
            partner.answers(answering(200, acknowledgement("AA", "2")));
            assertThat(send(sender, message("2")).kind()).isEqualTo(OutcomeKind.AA);
            assertThat(partner.connections).hasValue(2);
        }
    }

    @Test
    void shouldEndAsRefusedWhenNobodyListens() throws Exception {
        URI url;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            url = URI.create("http://127.0.0.1:" + closed.getLocalPort() + "/");
        }
        SendOutcome outcome = send(sender(url), message("1"));
        assertThat(outcome.kind()).isEqualTo(OutcomeKind.REFUSED);
        assertThat(outcome.outcomeUnknown()).isFalse();
    }

    @Test
    @DisplayName("R29 a connection that breaks before the answer leaves the outcome unknown")
    void shouldEndAsResetWhenThePartnerClosesInsteadOfAnswering() throws Exception {
        try (ScriptedPartner partner = new ScriptedPartner((request, connection) -> false)) {
            HttpSender sender = sender(partner.url());
            SendOutcome outcome = send(sender, message("1"));
            assertThat(outcome.kind()).isEqualTo(OutcomeKind.RESET);
            assertThat(outcome.outcomeUnknown()).isTrue();
            partner.answers((request, connection) -> {
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nMSH|");
                return false;
            });
            assertThat(send(sender, message("2")).kind()).isEqualTo(OutcomeKind.RESET);
            assertThat(partner.requests).hasSize(2);
        }
    }

    @Test
    @DisplayName("a connection that the partner closed while idle loses nothing and sends nothing twice")
    void shouldSendOnANewConnectionWhenThePartnerClosedTheIdleOne() throws Exception {
        try (ScriptedPartner partner = new ScriptedPartner(answering(200, new byte[0]))) {
            HttpSender sender = sender(partner.url());
            for (int round = 1; round <= 20; round++) {
                SendOutcome outcome = send(sender, message("M" + round));
                // Closing and sending cross on the wire: then the outcome is unknown, never silent.
                if (outcome.kind() == OutcomeKind.RESET) {
                    assertThat(outcome.outcomeUnknown()).isTrue();
                } else {
                    assertThat(outcome.kind()).isIn(OutcomeKind.AA, OutcomeKind.REFUSED);
                }
                long seen = partner.requests.stream().count();
                assertThat(seen).isLessThanOrEqualTo(round);
                if (outcome.kind() == OutcomeKind.AA) {
                    ScriptedPartner.Request last = partner.requests.get(partner.requests.size() - 1);
                    assertThat(last.body()).isEqualTo(message("M" + round));
                }
                partner.closeConnections();
            }
            assertThat(partner.connections.get()).isGreaterThan(1);
        }
    }

    @Test
    void shouldEndAsUnreadableWhenTheAnswerIsTooLong() throws Exception {
        try (ScriptedPartner partner = new ScriptedPartner(answering(200, new byte[(1 << 20) + 1]))) {
            assertThat(send(sender(partner.url()), message("1")).kind()).isEqualTo(OutcomeKind.UNREADABLE);
        }
    }

    @Test
    void shouldEndWithoutDeliveryWhenTheAnswerIsNotHttp() throws Exception {
        try (ScriptedPartner partner = new ScriptedPartner((request, connection) -> {
            connection.write("\u000bMSH|^~\\&|LIS\r\u001c\r\n\r\n\r\n");
            return false;
        })) {
            SendOutcome outcome = send(sender(partner.url()), message("1"));
            assertThat(outcome.kind()).isIn(OutcomeKind.RESET, OutcomeKind.UNREADABLE);
            assertThat(outcome.outcomeUnknown()).isTrue();
            assertThat(outcome.detail()).doesNotContain("LIS");
        }
    }

    @Test
    void shouldEndWhatIsOutstandingWhenClosedAndConnectAgainAfterwards() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        try (ScriptedPartner partner = new ScriptedPartner((request, connection) -> {
            arrived.countDown();
            return true;
        })) {
            HttpSender sender = sender(partner.url());
            CompletableFuture<SendOutcome> outcome = begin(sender, message("1"));
            assertThat(arrived.await(5, TimeUnit.SECONDS)).isTrue();
            executor.execute(sender::close);
            assertThat(outcome.get(5, TimeUnit.SECONDS).kind()).isEqualTo(OutcomeKind.RESET);
            partner.answers(answering(200, acknowledgement("AA", "2")));
            assertThat(send(sender, message("2")).kind()).isEqualTo(OutcomeKind.AA);
        }
    }

    @Test
    void shouldNotQuoteAHeaderThatCannotBeSent() throws IOException {
        Request request = new Request(
                URI.create("http://127.0.0.1:1/"), Method.POST, "text/plain", Map.of("X-Key", "se\ncret"), null);
        assertThatThrownBy(() -> sender(request, Duration.ofSeconds(1)))
                .hasMessageContaining("X-Key")
                .hasMessageNotContaining("cret");
    }

    @Test
    @DisplayName("from our sender to our listener, in order and each once")
    void shouldReachOurOwnListenerInOrder() throws Exception {
        ScriptedIntake intake = new ScriptedIntake();
        intake.replies((received, reply) -> {
            String id = text(received.bytes()).split("\\|")[9];
            reply.send(acknowledgement("AA", id));
        });
        try (HttpListener listener = new HttpListener(
                HttpListenerSettings.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                intake,
                loops.group(),
                loops::executorOf,
                new RecordingEvents(),
                EngineClock.system())) {
            listener.start();
            InetSocketAddress address = Objects.requireNonNull(listener.address());
            HttpSender sender = sender(URI.create("http://127.0.0.1:" + address.getPort() + "/hl7"));
            List<OutcomeKind> outcomes = new CopyOnWriteArrayList<>();
            int count = 1_000;
            executor.execute(() -> sendNext(sender, 1, count, outcomes));
            await().atMost(Duration.ofSeconds(30)).until(() -> outcomes.size() == count);
            assertThat(outcomes).containsOnly(OutcomeKind.AA);
            for (int i = 0; i < count; i++) {
                assertThat(intake.received.get(i).bytes()).isEqualTo(message("M" + (i + 1)));
            }
            assertThat(intake.received).hasSize(count);
        }
    }

    private void sendNext(HttpSender sender, int number, int last, List<OutcomeKind> outcomes) {
        sender.send(message("M" + number), outcome -> {
            outcomes.add(outcome.kind());
            if (number < last) {
                // Not from inside the outcome: a thousand of them would be a deep stack.
                executor.execute(() -> sendNext(sender, number + 1, last, outcomes));
            }
        });
    }
}
