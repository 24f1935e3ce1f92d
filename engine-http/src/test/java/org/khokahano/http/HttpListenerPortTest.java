package org.khokahano.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.khokahano.http.TestMessages.acknowledgement;
import static org.khokahano.http.TestMessages.message;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.accept.Reply;
import org.khokahano.loop.EngineClock;

/** How a listener over HTTP takes its port and gives it up. */
@Tag("socket")
class HttpListenerPortTest extends HttpListenerFixture {

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
