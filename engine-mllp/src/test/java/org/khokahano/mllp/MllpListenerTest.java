package org.khokahano.mllp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("socket")
@Timeout(30)
class MllpListenerTest {

    private static UnaryOperator<MllpListenerSettings> times(Duration idle, Duration reply) {
        return s -> new MllpListenerSettings(
                s.address(), s.framing(), idle, reply, s.maxConnections(), s.maxInFlight(), s.allow(), s.tls());
    }

    private static UnaryOperator<MllpListenerSettings> bounds(int connections, int inFlight) {
        return s -> new MllpListenerSettings(
                s.address(), s.framing(), s.idleTimeout(), s.replyTimeout(), connections, inFlight, s.allow(), s.tls());
    }

    @Test
    @DisplayName("R1 R11 many frames in one write, and one over many writes, are each answered in one frame")
    void shouldAnswerEachFrameHoweverItCame() throws IOException {
        try (ListenerFixture fixture = new ListenerFixture();
                ScriptedClient client = fixture.connect()) {
            byte[] a = TestMessages.framed(TestMessages.adt("A"));
            byte[] b = TestMessages.framed(TestMessages.adt("B"));
            byte[] both = new byte[a.length + b.length];
            System.arraycopy(a, 0, both, 0, a.length);
            System.arraycopy(b, 0, both, a.length, b.length);
            client.write(both);
            assertThat(client.readAnswer()).contains("MSA|AA|A");
            assertThat(client.readAnswer()).contains("MSA|AA|B");
            for (byte each : TestMessages.framed(TestMessages.adt("C"))) {
                client.write(new byte[] {each});
            }
            assertThat(client.readAnswer()).contains("MSA|AA|C");
        }
    }

    @Test
    @DisplayName("R1 answers keep the order of the frames when the commits end in another order")
    void shouldAnswerInTheOrderOfTheFrames() throws IOException {
        try (ListenerFixture fixture = new ListenerFixture();
                ScriptedClient client = fixture.connect()) {
            fixture.store.hold();
            client.send(TestMessages.adt("A")).send(TestMessages.adt("B")).send(TestMessages.adt("C"));
            await().until(() -> fixture.store.stored.size() == 3);
            fixture.store.release(true);
            assertThat(client.readAnswer()).contains("MSA|AA|A");
            assertThat(client.readAnswer()).contains("MSA|AA|B");
            assertThat(client.readAnswer()).contains("MSA|AA|C");
        }
    }

    @Test
    @DisplayName("R2 noise around frames is skipped and counted, and the frame still answered")
    void shouldSkipAndCountNoise() throws IOException {
        try (ListenerFixture fixture = new ListenerFixture();
                ScriptedClient client = fixture.connect()) {
            client.write(TestMessages.text("\r\nnoise")).send(TestMessages.adt("A"));
            assertThat(client.readAnswer()).contains("MSA|AA|A");
            assertThat(fixture.events.skipped.get()).isEqualTo(7);
        }
    }

    @Test
    @DisplayName("R2 noise without end closes the connection at the length of the longest frame")
    void shouldCloseWhenNothingButNoiseComes() throws IOException {
        try (ListenerFixture fixture =
                        new ListenerFixture(ListenerFixture.framing(1_000, Duration.ofSeconds(30), false));
                ScriptedClient client = fixture.connect()) {
            client.write(new byte[2_000]);
            assertThat(client.sawClose()).isTrue();
            assertThat(fixture.store.quarantined).isEmpty();
        }
    }

    @Test
    @DisplayName("R2 R3 strict: noise, and 0x1C without 0x0D, close the connection; the latter is quarantined")
    void shouldCloseOnViolationsWhenStrict() throws IOException {
        try (ListenerFixture fixture =
                new ListenerFixture(ListenerFixture.framing(1 << 20, Duration.ofSeconds(30), true))) {
            try (ScriptedClient client = fixture.connect()) {
                client.write(TestMessages.text("x")).send(TestMessages.adt("A"));
                assertThat(client.sawClose()).isTrue();
            }
            try (ScriptedClient client = fixture.connect()) {
                client.write(TestMessages.text("\u000bMSH|B\u001cx"));
                assertThat(client.sawClose()).isTrue();
            }
            assertThat(fixture.store.stored).isEmpty();
            assertThat(fixture.store.quarantined).singleElement().satisfies(kept -> {
                assertThat(kept.reason()).isEqualTo("strictFraming");
                assertThat(TestMessages.text(kept.bytes())).isEqualTo("MSH|B");
            });
        }
    }

    @Test
    @DisplayName("R3 lenient: 0x1C without 0x0D ends the frame at once")
    void shouldEndTheFrameWithoutReturnWhenLenient() throws IOException {
        try (ListenerFixture fixture = new ListenerFixture();
                ScriptedClient client = fixture.connect()) {
            byte[] frame = TestMessages.framed(TestMessages.adt("A"));
            client.write(java.util.Arrays.copyOf(frame, frame.length - 1));
            assertThat(client.readAnswer()).contains("MSA|AA|A");
        }
    }

    @Test
    @DisplayName("R4 a start inside a frame: the part before is quarantined, the new frame is whole")
    void shouldQuarantineAnInterruptedFrame() throws IOException {
        try (ListenerFixture fixture = new ListenerFixture();
                ScriptedClient client = fixture.connect()) {
            client.write(TestMessages.text("\u000bMSH|^~\\&|half")).send(TestMessages.adt("A"));
            assertThat(client.readAnswer()).contains("MSA|AA|A");
            assertThat(fixture.store.stored)
                    .singleElement()
                    .satisfies(m -> assertThat(m.bytes()).isEqualTo(TestMessages.adt("A")));
            assertThat(fixture.store.quarantined).singleElement().satisfies(kept -> {
                assertThat(kept.reason()).isEqualTo("interruptedFrame");
                assertThat(TestMessages.text(kept.bytes())).isEqualTo("MSH|^~\\&|half");
            });
        }
    }

    @Test
    @DisplayName("R4 a peer that only ever begins frames fills no quarantine")
    void shouldCloseAfterManyInterruptedFrames() throws IOException {
        try (ListenerFixture fixture = new ListenerFixture();
                ScriptedClient client = fixture.connect()) {
            client.write(TestMessages.text("\u000bx".repeat(5_000)));
            assertThat(client.sawClose()).isTrue();
            assertThat(fixture.store.quarantined).hasSizeLessThan(20);
        }
    }

    @Test
    @DisplayName("R5 the stream ends inside a frame: quarantined, no acknowledgement")
    void shouldQuarantineWhenTheStreamEnds() throws IOException {
        try (ListenerFixture fixture = new ListenerFixture();
                ScriptedClient client = fixture.connect()) {
            client.write(TestMessages.text("\u000bMSH|^~\\&|half"));
            client.endOutput();
            assertThat(client.readAnswer()).isEqualTo("end of stream");
            assertThat(fixture.store.quarantined)
                    .singleElement()
                    .satisfies(kept -> assertThat(kept.reason()).isEqualTo("endOfStreamInFrame"));
        }
    }

    @Test
    @DisplayName("R5 R6 F17 bytes that drip: the frame timeout counts from the first, not from the last")
    void shouldEndAFrameThatDrips() throws IOException, InterruptedException {
        try (ListenerFixture fixture =
                        new ListenerFixture(ListenerFixture.framing(1 << 20, Duration.ofMillis(400), false));
                ScriptedClient client = fixture.connect()) {
            long began = System.nanoTime();
            client.write(TestMessages.text("\u000bMSH|"));
            Thread drip = new Thread(() -> {
                try {
                    while (!Thread.currentThread().isInterrupted()) {
                        client.write(TestMessages.text("x"));
                        java.util.concurrent.TimeUnit.MILLISECONDS.sleep(20);
                    }
                } catch (IOException | InterruptedException e) {
                    // The other side closed, which is what the test waits for.
                    return;
                }
            });
            drip.start();
            assertThat(client.sawClose()).isTrue();
            drip.interrupt();
            drip.join(5_000);
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(Duration.ofMillis(300), Duration.ofSeconds(3));
            assertThat(fixture.store.quarantined)
                    .singleElement()
                    .satisfies(kept -> assertThat(kept.reason()).isEqualTo("frameTimeout"));
        }
    }

    @Test
    @DisplayName("R5 a frame that this engine's own back-pressure holds up does not time out")
    void shouldNotTimeOutAFrameWhileItDoesNotRead() throws IOException {
        try (ListenerFixture fixture =
                        new ListenerFixture(ListenerFixture.framing(1 << 20, Duration.ofMillis(300), false));
                ScriptedClient client = fixture.connect()) {
            byte[] frame = TestMessages.framed(TestMessages.adt("A"));
            fixture.store.saturate();
            client.write(java.util.Arrays.copyOf(frame, 10));
            await().pollDelay(Duration.ofMillis(800)).until(() -> true);
            client.write(java.util.Arrays.copyOfRange(frame, 10, frame.length));
            fixture.store.relieve();
            assertThat(client.readAnswer()).contains("MSA|AA|A");
            assertThat(fixture.store.quarantined).isEmpty();
        }
    }

    @Test
    @DisplayName("R6 a frame over the limit with a readable MSH: a reject with ERR, then the close")
    void shouldRejectAFrameThatIsTooLong() throws IOException {
        try (ListenerFixture fixture =
                        new ListenerFixture(ListenerFixture.framing(500, Duration.ofSeconds(30), false));
                ScriptedClient client = fixture.connect()) {
            client.write(TestMessages.text("\u000b" + TestMessages.text(TestMessages.adt("A")) + "x".repeat(600)));
            assertThat(client.readAnswer())
                    .contains("MSA|AR|A")
                    .contains("\rERR|")
                    .contains("500 bytes");
            assertThat(client.sawClose()).isTrue();
            assertThat(fixture.store.stored).isEmpty();
        }
    }

    @Test
    @DisplayName("R6 a frame over the limit without a readable MSH: the close alone")
    void shouldNotAnswerWhatIsTooLongAndNoMessage() throws IOException {
        try (ListenerFixture fixture =
                        new ListenerFixture(ListenerFixture.framing(500, Duration.ofSeconds(30), false));
                ScriptedClient client = fixture.connect()) {
            client.write(TestMessages.text("\u000b" + "x".repeat(600)));
            assertThat(client.sawClose()).isTrue();
            assertThat(fixture.store.quarantined).hasSize(1);
        }
    }

    @Test
    @DisplayName("R6 F17 a frame of 1 GB is refused at the limit; the others are served meanwhile")
    void shouldRefuseAGigabyteAtTheLimit() throws Exception {
        try (ListenerFixture fixture =
                        new ListenerFixture(ListenerFixture.framing(1 << 20, Duration.ofSeconds(30), false));
                ScriptedClient client = fixture.connect();
                ScriptedClient other = fixture.connect()) {
            client.write(TestMessages.text("\u000b" + TestMessages.text(TestMessages.adt("BIG"))));
            byte[] chunk = new byte[1 << 20];
            java.util.Arrays.fill(chunk, (byte) 'x');
            Thread flood = new Thread(() -> {
                try {
                    for (int i = 0; i < 1_024; i++) {
                        client.write(chunk);
                    }
                } catch (IOException e) {
                    // Refused, as it should be.
                    return;
                }
            });
            flood.start();
            assertThat(client.readAnswer()).contains("MSA|AR|BIG");
            other.send(TestMessages.adt("SMALL"));
            assertThat(other.readAnswer()).contains("MSA|AA|SMALL");
            flood.join(10_000);
            assertThat(flood.isAlive()).isFalse();
            assertThat(fixture.store.quarantined)
                    .singleElement()
                    .satisfies(kept -> assertThat(kept.bytes().length).isEqualTo(1 << 20));
        }
    }

    @Test
    @DisplayName("R7 connect and close, or reset, without data: only counted")
    void shouldOnlyCountProbes() throws IOException {
        try (ListenerFixture fixture = new ListenerFixture()) {
            fixture.connect().close();
            fixture.connect().reset();
            await().until(() -> fixture.events.silent.get() == 2);
            assertThat(fixture.store.stored).isEmpty();
            assertThat(fixture.store.quarantined).isEmpty();
            assertThat(fixture.events.refused).isEmpty();
        }
    }

    @Test
    @DisplayName("R8 silence has no limit, unless there is an idle timeout")
    void shouldCloseSilentConnectionsOnlyWhereAsked() throws IOException {
        try (ListenerFixture idle = new ListenerFixture(times(Duration.ofMillis(300), Duration.ofSeconds(30)));
                ListenerFixture patient =
                        new ListenerFixture(ListenerFixture.framing(1_000, Duration.ofMillis(200), false));
                ScriptedClient closedOne = idle.connect();
                ScriptedClient client = patient.connect()) {
            assertThat(closedOne.sawClose()).isTrue();
            await().pollDelay(Duration.ofMillis(500)).until(() -> true);
            client.send(TestMessages.adt("A"));
            assertThat(client.readAnswer()).contains("MSA|AA|A");
        }
    }

    @Test
    @DisplayName("R9 one connection too many is refused and counted; when one leaves there is room again")
    void shouldRefuseTooManyConnections() throws IOException {
        try (ListenerFixture fixture = new ListenerFixture(bounds(1, 64))) {
            ScriptedClient first = fixture.connect();
            await().until(() -> fixture.listener.connectionCount() == 1);
            try (ScriptedClient second = fixture.connect()) {
                assertThat(second.sawClose()).isTrue();
            }
            assertThat(fixture.events.refused).containsExactly("maxConnections");
            first.close();
            await().until(() -> fixture.listener.connectionCount() == 0);
            try (ScriptedClient third = fixture.connect().send(TestMessages.adt("A"))) {
                assertThat(third.readAnswer()).contains("MSA|AA|A");
            }
        }
    }

    @Test
    @DisplayName("R9 an address that is not in the allow-list is refused and counted")
    void shouldRefuseOtherAddresses() throws IOException {
        InetAddress friend = InetAddress.getByName("127.0.0.2");
        try (ListenerFixture fixture = new ListenerFixture(s -> new MllpListenerSettings(
                s.address(), s.framing(), s.idleTimeout(), s.replyTimeout(), 10, 10, friend::equals, s.tls()))) {
            try (ScriptedClient stranger = fixture.connect()) {
                assertThat(stranger.sawClose()).isTrue();
            }
            assertThat(fixture.events.refused).containsExactly("address");
            java.net.Socket socket = new java.net.Socket();
            socket.bind(new InetSocketAddress(friend, 0));
            try (ScriptedClient client = new ScriptedClient(socket, fixture.listener.address())) {
                client.send(TestMessages.adt("A"));
                assertThat(client.readAnswer()).contains("MSA|AA|A");
            }
        }
    }

    @Test
    @DisplayName("R10 a port in use is reported, tried again, and served once it is free")
    void shouldBindOnceThePortIsFree() throws IOException {
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", taken.getLocalPort());
        try (ListenerFixture other = new ListenerFixture();
                ListenerFixture fixture = new ListenerFixture(s -> MllpListenerSettings.on(address))) {
            assertThat(fixture.listener.problem()).contains("cannot bind").contains(String.valueOf(address.getPort()));
            try (ScriptedClient client = other.connect().send(TestMessages.adt("A"))) {
                assertThat(client.readAnswer()).contains("MSA|AA|A");
            }
            taken.close();
            await().until(() -> fixture.listener.problem().isEmpty());
            try (ScriptedClient client = fixture.connect().send(TestMessages.adt("B"))) {
                assertThat(client.readAnswer()).contains("MSA|AA|B");
            }
        }
    }

    @Test
    @DisplayName("R12 double framing, LF ends, a missing last CR and a BOM: accepted as they came, with a warning")
    void shouldAcceptWhatIsCommonInTheField() throws IOException {
        String adt = TestMessages.text(TestMessages.adt("A"));
        List<String> odd = List.of(
                "\u000b" + adt + "\u001c\r",
                adt.replace('\r', '\n').replace("|A|", "|B|"),
                adt.substring(0, adt.length() - 1).replace("|A|", "|C|"),
                "\u00ef\u00bb\u00bf" + adt.replace("|A|", "|D|"));
        try (ListenerFixture fixture = new ListenerFixture();
                ScriptedClient client = fixture.connect()) {
            for (String each : odd) {
                client.send(TestMessages.text(each));
                assertThat(client.readAnswer()).contains("MSA|AA|");
            }
            assertThat(fixture.store.stored).hasSize(4);
            assertThat(TestMessages.text(fixture.store.stored.get(3).bytes())).isEqualTo(odd.get(3));
            assertThat(fixture.events.warned).contains("lfSegmentEnd", "missingLastCr", "byteOrderMark");
            assertThat(fixture.events.skipped.get())
                    .as("the second frame's end")
                    .isEqualTo(2);
        }
    }

    @Test
    @DisplayName("R1 a sender that has ended its output still gets its answers")
    void shouldAnswerASenderThatEndedItsOutput() throws IOException {
        try (ListenerFixture fixture = new ListenerFixture();
                ScriptedClient client = fixture.connect()) {
            fixture.store.hold();
            client.send(TestMessages.adt("A"));
            client.endOutput();
            await().until(() -> fixture.store.stored.size() == 1);
            fixture.store.release(false);
            assertThat(client.readAnswer()).contains("MSA|AA|A");
            assertThat(client.sawClose()).isTrue();
        }
    }

    @Test
    @DisplayName("F16 R57 a sender leaves before its ACK and sends again: stored once, acknowledged alike")
    void shouldAnswerAgainWhenTheSenderLeftBeforeItsAnswer() throws IOException {
        try (ListenerFixture fixture = new ListenerFixture()) {
            fixture.store.hold();
            ScriptedClient first = fixture.connect().send(TestMessages.adt("A"));
            await().until(() -> fixture.store.stored.size() == 1);
            first.reset();
            await().until(() -> fixture.listener.connectionCount() == 0);
            fixture.store.release(false);
            try (ScriptedClient second = fixture.connect().send(TestMessages.adt("A"))) {
                assertThat(second.readAnswer()).contains("MSA|AA|A");
            }
            assertThat(fixture.store.stored).hasSize(1);
        }
    }

    @Test
    @DisplayName("F6 a connection is read no further than maxInFlight while nothing is answered")
    void shouldStopReadingAtTheBound() throws IOException {
        try (ListenerFixture fixture = new ListenerFixture(bounds(10, 4));
                ScriptedClient client = fixture.connect()) {
            fixture.store.hold();
            for (int i = 0; i < 4; i++) {
                client.send(TestMessages.adt("A" + i));
            }
            await().until(() -> fixture.store.stored.size() == 4);
            for (int i = 4; i < 20; i++) {
                client.send(TestMessages.adt("A" + i));
            }
            await().during(Duration.ofMillis(200)).until(() -> fixture.store.stored.size() == 4);
            fixture.store.release(false);
            for (int i = 0; i < 20; i++) {
                assertThat(client.readAnswer()).contains("MSA|AA|A" + i);
            }
        }
    }

    @Test
    @DisplayName("F4 a frame without an answer within the reply timeout: the connection is closed, no ACK")
    void shouldCloseWhenItCannotAnswerInTime() throws IOException {
        try (ListenerFixture fixture = new ListenerFixture(times(Duration.ZERO, Duration.ofMillis(300)));
                ScriptedClient client = fixture.connect()) {
            fixture.store.hold();
            client.send(TestMessages.adt("A"));
            assertThat(client.readAnswer()).isEqualTo("end of stream");
            assertThat(fixture.events.warned).containsExactly("replyTimeout");
        }
    }

    @Test
    @DisplayName("F20 stopping answers what was read and closes; 1,000 idle connections do not delay it")
    void shouldStopFastWithManyIdleConnections() throws IOException {
        try (ListenerFixture fixture = new ListenerFixture(bounds(1_100, 64))) {
            List<ScriptedClient> idle = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                idle.add(fixture.connect());
            }
            fixture.store.hold();
            ScriptedClient busy = fixture.connect().send(TestMessages.adt("A"));
            await().until(() -> fixture.store.stored.size() == 1);
            InetSocketAddress address = fixture.listener.address();
            long began = System.nanoTime();
            fixture.listener.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> new ScriptedClient(address).readFrame())
                    .isInstanceOf(IOException.class);
            await().until(() -> fixture.listener.connectionCount() == 1);
            fixture.store.release(false);
            assertThat(busy.readAnswer()).contains("MSA|AA|A");
            assertThat(busy.sawClose()).isTrue();
            for (ScriptedClient each : idle) {
                assertThat(each.sawClose()).isTrue();
                each.close();
            }
        }
    }

    @Test
    @DisplayName("F17 10,000 connections opened and closed: none is left, and others are served meanwhile")
    void shouldSurviveManyShortConnections() throws IOException {
        try (ListenerFixture fixture = new ListenerFixture();
                ScriptedClient client = fixture.connect()) {
            for (int i = 0; i < 10_000; i++) {
                fixture.connect().reset();
                if (i % 1_000 == 0) {
                    client.send(TestMessages.adt("A" + i));
                    assertThat(client.readAnswer()).contains("MSA|AA|A" + i);
                }
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> fixture.listener.connectionCount() == 1);
            assertThat(fixture.events.opened.get() - fixture.events.closed.get())
                    .isEqualTo(1);
        }
    }

    @Test
    @DisplayName("F6 a connection is read no further than about one of its longest messages while nothing is answered")
    void shouldStopReadingAtTheBytes() throws IOException {
        try (ListenerFixture fixture =
                        new ListenerFixture(ListenerFixture.framing(200_000, Duration.ofSeconds(30), false));
                ScriptedClient client = fixture.connect()) {
            String filler = "NTE|1||" + "x".repeat(100_000) + "\r";
            fixture.store.hold();
            for (int i = 0; i < 12; i++) {
                client.send(TestMessages.text(TestMessages.text(TestMessages.adt("A" + i)) + filler));
            }
            await().until(() -> fixture.store.stored.size() >= 2);
            await().during(Duration.ofMillis(300)).until(() -> fixture.store.stored.size() <= 4);
            fixture.store.release(false);
            for (int i = 0; i < 12; i++) {
                assertThat(client.readAnswer()).contains("MSA|AA|A" + i);
            }
        }
    }
}
