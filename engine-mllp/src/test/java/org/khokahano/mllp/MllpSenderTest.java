package org.khokahano.mllp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;

@Tag("socket")
@Timeout(30)
class MllpSenderTest {

    private static final AnswerSettings SHORT = SenderFixture.within(Duration.ofMillis(300));

    private static MllpSenderSettings connecting(String host, int port, Duration timeout) {
        return new MllpSenderSettings(host, port, timeout, true, Duration.ZERO, AnswerSettings.defaults(), null);
    }

    @Test
    @DisplayName("R26 R28 each code ends the send with its own outcome, known to the partner")
    void shouldTellEachCodeApart() throws Exception {
        List<String> codes = List.of("AA", "CA", "AE", "CE", "AR", "CR");
        try (ScriptedPeer peer = new ScriptedPeer(
                        codes.stream().map(ScriptedPeer::answers).toArray(ScriptedPeer.Step[]::new));
                SenderFixture fixture = new SenderFixture(peer.settings())) {
            for (String code : codes) {
                SendOutcome outcome = fixture.send("M-" + code);
                assertThat(outcome.kind()).isEqualTo(OutcomeKind.valueOf(code));
                assertThat(outcome.outcomeUnknown()).isFalse();
            }
            assertThat(peer.connections).hasValue(1);
        }
    }

    @Test
    @DisplayName("R26 F11 an answer with another MSA-2 is dropped and counted, and the wait goes on to the end")
    void shouldDropAnAnswerWithAnotherControlId() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.answersWithOtherControlId());
                SenderFixture fixture = new SenderFixture(peer.settings().expecting(SHORT))) {
            SendOutcome outcome = fixture.send("A");
            assertThat(outcome.kind()).isEqualTo(OutcomeKind.TIMEOUT);
            assertThat(outcome.outcomeUnknown()).isTrue();
            assertThat(fixture.events.dropped).containsExactly("otherControlId");
        }
    }

    @Test
    @DisplayName("R26 an answer that gives back MSH-10 byte for byte matches, whatever character set it says")
    void shouldMatchTheBytesOfTheControlId() throws Exception {
        byte[] message = "MSH|^~\\&|A|B|C|D|20261122||ADT^A01|\u00B8\u00B91|P|2.5.1||||||8859/5\rPID|1\r"
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        byte[] ack = "MSH|^~\\&|C|D|A|B|20261122||ACK|1|P|2.5.1\rMSA|AA|\u00B8\u00B91\r"
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        try (ScriptedPeer peer = new ScriptedPeer((taken, exchange) -> exchange.answer(ack));
                SenderFixture fixture = new SenderFixture(peer.settings().expecting(SHORT))) {
            assertThat(SenderFixture.get(fixture.begin(message)).kind()).isEqualTo(OutcomeKind.AA);
        }
    }

    @Test
    @DisplayName("R26 F11 an answer without MSA is a failure, and the connection is not used again")
    void shouldFailWithoutMsa() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.answersWithoutMsa());
                SenderFixture fixture = new SenderFixture(peer.settings())) {
            assertThat(fixture.send("A").kind()).isEqualTo(OutcomeKind.NO_MSA);
            assertThat(fixture.send("B").kind()).isEqualTo(OutcomeKind.AA);
            assertThat(peer.connections).hasValue(2);
        }
    }

    @Test
    @DisplayName("R28 an answer that is no message, has no code of table 0008, or is too long is unreadable")
    void shouldCallUnreadableWhatCannotBeRead() throws Exception {
        byte[] tooLong = new byte[2_000];
        java.util.Arrays.fill(tooLong, (byte) 'x');
        tooLong[0] = 0x0B;
        AnswerSettings small = new AnswerSettings(Duration.ofSeconds(5), 1_000, false, false);
        try (ScriptedPeer peer = new ScriptedPeer(
                        ScriptedPeer.answersUnreadably(),
                        ScriptedPeer.answers("OK"),
                        ScriptedPeer.answersWithBytes(tooLong));
                SenderFixture fixture = new SenderFixture(peer.settings().expecting(small))) {
            for (String id : List.of("A", "B", "C")) {
                SendOutcome outcome = fixture.send(id);
                assertThat(outcome.kind()).as(id).isEqualTo(OutcomeKind.UNREADABLE);
                assertThat(outcome.outcomeUnknown()).as(id).isTrue();
            }
        }
    }

    @Test
    @DisplayName("R26 F11 two answers to one message: the second is not credited to the next")
    void shouldNotCreditASecondAnswer() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.answersTwice(), ScriptedPeer.answers("AE"));
                SenderFixture fixture = new SenderFixture(peer.settings())) {
            assertThat(fixture.send("A").kind()).isEqualTo(OutcomeKind.AA);
            assertThat(fixture.send("B").kind()).isEqualTo(OutcomeKind.AE);
            assertThat(fixture.events.dropped).hasSize(1);
        }
    }

    @Test
    @DisplayName("R26 positional: any MSA-2 counts for the oldest, but not a second answer to the one before")
    void shouldMatchByPositionWhereAsked() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(
                        ScriptedPeer.answersWithOtherControlId(),
                        ScriptedPeer.answersTwice(),
                        ScriptedPeer.answers("AE"));
                SenderFixture fixture =
                        new SenderFixture(peer.settings().expecting(SenderFixture.positional(Duration.ofSeconds(5))))) {
            assertThat(fixture.send("A").kind()).isEqualTo(OutcomeKind.AA);
            // Together: a second answer to B that comes before C is sent finds nothing that waits.
            List<CompletableFuture<SendOutcome>> both =
                    fixture.beginTogether(List.of(TestMessages.adt("B"), TestMessages.adt("C")));
            assertThat(SenderFixture.get(both.get(0)).kind()).isEqualTo(OutcomeKind.AA);
            assertThat(SenderFixture.get(both.get(1)).kind()).isEqualTo(OutcomeKind.AE);
            assertThat(fixture.events.dropped).containsExactly("repeated");
        }
    }

    @Test
    @DisplayName("R27 F11 after a timeout the old connection is closed first; its late ACK meets no other message")
    void shouldCloseBeforeItSendsAgain() throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.answersLate(late), ScriptedPeer.neverAnswers());
                SenderFixture fixture = new SenderFixture(peer.settings().expecting(SHORT))) {
            assertThat(fixture.send("A").kind()).isEqualTo(OutcomeKind.TIMEOUT);
            await().untilAsserted(() -> assertThat(peer.ended).hasValue(1));
            CompletableFuture<SendOutcome> again = fixture.begin(TestMessages.adt("A"));
            await().until(() -> peer.messages.size() == 2);
            late.countDown();
            assertThat(SenderFixture.get(again).kind()).isEqualTo(OutcomeKind.TIMEOUT);
            assertThat(peer.connections).hasValue(2);
        }
    }

    @Test
    @DisplayName("R29 a close that was seen before the write: a new connection, no failure")
    void shouldReconnectAfterACloseItSaw() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.answersAndCloses());
                SenderFixture fixture = new SenderFixture(peer.settings())) {
            assertThat(fixture.send("A").kind()).isEqualTo(OutcomeKind.AA);
            await().untilAsserted(() -> assertThat(peer.ended).hasValue(1));
            // The close has to pass through the kernel to the event loop before it was seen.
            await().pollDelay(Duration.ofMillis(100)).until(() -> true);
            assertThat(fixture.send("B").kind()).isEqualTo(OutcomeKind.AA);
            assertThat(peer.connections).hasValue(2);
            assertThat(peer.controlIds()).containsExactly("A", "B");
        }
    }

    @Test
    @DisplayName("R29 written, then closed or reset before the answer: the outcome is unknown")
    void shouldSayThatTheOutcomeIsUnknown() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.closesBeforeAnswer(), ScriptedPeer.resets());
                SenderFixture fixture = new SenderFixture(peer.settings())) {
            for (String id : List.of("A", "B")) {
                SendOutcome outcome = fixture.send(id);
                assertThat(outcome.kind()).isEqualTo(OutcomeKind.RESET);
                assertThat(outcome.outcomeUnknown()).isTrue();
            }
        }
    }

    @Test
    @DisplayName("R30 what is sent is the payload byte for byte")
    void shouldSendTheSameBytes() throws Exception {
        byte[] payload = TestMessages.text("MSH|^~\\&|EHR|QMMH|||2026||ADT^A01|X|P|2.3\nPID|||1\u00e9\u0000\n");
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.closesBeforeAnswer());
                SenderFixture fixture = new SenderFixture(peer.settings())) {
            SenderFixture.get(fixture.begin(payload));
            SenderFixture.get(fixture.begin(payload));
            assertThat(peer.messages)
                    .hasSize(2)
                    .allSatisfy(each -> assertThat(each).isEqualTo(payload));
        }
    }

    @Test
    @DisplayName("R1 R4 a frame that came in another one is taken off, and what no frame can hold is not sent")
    void shouldNeverSendAFrameThatEndsWithinTheMessage() throws Exception {
        String message = "MSH|^~\\&|EHR|QMMH|||2026||ADT^A01|X|P|2.3\rPID|||1\r";
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.closesBeforeAnswer());
                SenderFixture fixture = new SenderFixture(peer.settings())) {
            SenderFixture.get(
                    fixture.begin(TestMessages.text("\u000b\u001c\r\u000b" + message + "\u001c\r\u001c\r\n")));
            String byteOrderMark = "\u00ef\u00bb\u00bf";
            SenderFixture.get(fixture.begin(TestMessages.text(byteOrderMark + " \u000b" + message + "\u001c\r")));
            for (String frameByte : List.of("\u001c", "\u000b")) {
                SendOutcome never =
                        SenderFixture.get(fixture.begin(TestMessages.text(message.replace("1", frameByte + "\rZZZ"))));
                assertThat(never.kind()).isEqualTo(OutcomeKind.UNSENDABLE);
                assertThat(never.outcomeUnknown()).isFalse();
                assertThat(never.detail())
                        .contains(frameByte.equals("\u001c") ? "0x1C" : "0x0B")
                        .doesNotContain("ZZZ");
            }
            assertThat(peer.messages)
                    .hasSize(2)
                    .allSatisfy(sent -> assertThat(sent).isEqualTo(TestMessages.text(message)));
        }
    }

    @Test
    @DisplayName("R31 a window of four is pipelined, and each gets its own answer, in any order")
    void shouldPipelineAWindow() throws Exception {
        List<byte[]> taken = new ArrayList<>();
        ScriptedPeer.Step collect = (message, exchange) -> {
            taken.add(message);
            if (taken.size() == 4) {
                for (int i = 3; i >= 0; i--) {
                    String id = TestMessages.controlId(taken.get(i));
                    exchange.answer(TestMessages.ack(i == 2 ? "AE" : "AA", id));
                }
            }
        };
        try (ScriptedPeer peer = new ScriptedPeer(collect, collect, collect, collect);
                SenderFixture fixture = new SenderFixture(peer.settings())) {
            List<CompletableFuture<SendOutcome>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(fixture.begin(TestMessages.adt("W" + i)));
            }
            for (int i = 0; i < 4; i++) {
                assertThat(SenderFixture.get(all.get(i)).kind()).isEqualTo(i == 2 ? OutcomeKind.AE : OutcomeKind.AA);
            }
            assertThat(peer.controlIds()).containsExactly("W0", "W1", "W2", "W3");
            assertThat(peer.connections).hasValue(1);
        }
    }

    @Test
    @DisplayName("R27 R31 of a window only the oldest timed out; the others were cut off by it")
    void shouldBlameOnlyTheOldestForATimeout() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.neverAnswers(), ScriptedPeer.neverAnswers());
                SenderFixture fixture = new SenderFixture(peer.settings().expecting(SHORT))) {
            CompletableFuture<SendOutcome> a = fixture.begin(TestMessages.adt("A"));
            CompletableFuture<SendOutcome> b = fixture.begin(TestMessages.adt("B"));
            assertThat(SenderFixture.get(a).kind()).isEqualTo(OutcomeKind.TIMEOUT);
            assertThat(SenderFixture.get(b).kind()).isEqualTo(OutcomeKind.RESET);
            assertThat(SenderFixture.get(b).outcomeUnknown()).isTrue();
        }
    }

    @Test
    @DisplayName("R32 an ACK that nobody waits for is dropped, counted and never answered")
    void shouldDropAnUnsolicitedAck() throws Exception {
        ScriptedPeer.Step unasked = (message, exchange) -> {
            ScriptedPeer.answers("AA").take(message, exchange);
            TimeUnit.MILLISECONDS.sleep(100);
            exchange.answer(TestMessages.ack("AA", "OLD"));
        };
        try (ScriptedPeer peer = new ScriptedPeer(unasked);
                SenderFixture fixture = new SenderFixture(peer.settings())) {
            fixture.send("A");
            await().until(() -> fixture.events.dropped.contains("unsolicited"));
            assertThat(fixture.send("B").kind()).isEqualTo(OutcomeKind.AA);
            assertThat(peer.controlIds()).containsExactly("A", "B");
        }
    }

    @Test
    @DisplayName("R26 a partner that sends bytes outside of frames for ever is disconnected, and the reason is told")
    void shouldCloseWhenAPartnerSendsOnlyJunk() throws Exception {
        AnswerSettings longWait = new AnswerSettings(Duration.ofSeconds(20), 1_000, false, false);
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.answersWithBytes(new byte[5_000]));
                SenderFixture fixture = new SenderFixture(peer.settings().expecting(longWait))) {
            SendOutcome outcome = fixture.send("A");
            assertThat(outcome.kind()).isEqualTo(OutcomeKind.UNREADABLE);
            assertThat(outcome.detail()).contains("more than 1000 bytes outside of frames");
            assertThat(fixture.send("B").kind()).isEqualTo(OutcomeKind.AA);
            assertThat(peer.connections).hasValue(2);
        }
    }

    @Test
    @DisplayName("R19 asMessage: NE in MSH-15 is done once written; without the option it waits")
    void shouldNotWaitWhereTheMessageWantsNoAnswer() throws Exception {
        byte[] never = TestMessages.adt("A", "|||NE|AL");
        AnswerSettings asMessage = new AnswerSettings(Duration.ofMillis(300), 1_000, false, true);
        try (ScriptedPeer peer = new ScriptedPeer(
                        ScriptedPeer.neverAnswers(), ScriptedPeer.answers("AE"), ScriptedPeer.neverAnswers());
                SenderFixture fixture = new SenderFixture(peer.settings().expecting(asMessage));
                SenderFixture always = new SenderFixture(peer.settings().expecting(SHORT))) {
            assertThat(SenderFixture.get(fixture.begin(never)).kind()).isEqualTo(OutcomeKind.CA);
            await().until(() -> peer.messages.size() == 1);
            assertThat(fixture.send("B").kind()).isEqualTo(OutcomeKind.AE);
            assertThat(SenderFixture.get(always.begin(never)).kind()).isEqualTo(OutcomeKind.TIMEOUT);
        }
    }

    @Test
    @DisplayName("R19 R31 what waits for a connection is written before what is sent for the end of the first of it")
    void shouldWriteWhatWaitsBeforeWhatIsSentForItsEnd() throws Exception {
        AnswerSettings asMessage = new AnswerSettings(Duration.ofSeconds(5), 1_000, false, true);
        CountDownLatch ended = new CountDownLatch(3);
        try (ScriptedPeer peer = new ScriptedPeer(
                        ScriptedPeer.neverAnswers(), ScriptedPeer.neverAnswers(), ScriptedPeer.neverAnswers());
                SenderFixture fixture = new SenderFixture(peer.settings().expecting(asMessage))) {
            fixture.executor.execute(() -> {
                fixture.sender.send(TestMessages.adt("A", "|||NE|NE"), first -> {
                    fixture.sender.send(TestMessages.adt("C", "|||NE|NE"), third -> ended.countDown());
                    ended.countDown();
                });
                fixture.sender.send(TestMessages.adt("B", "|||NE|NE"), second -> ended.countDown());
            });

            assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
            await().until(() -> peer.messages.size() == 3);
            assertThat(peer.controlIds()).containsExactly("A", "B", "C");
        }
    }

    @Test
    @DisplayName("F10 a slow peer whose answer drips within the time is still a good one")
    void shouldTakeAnAnswerThatDrips() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.dripsBytes(5));
                SenderFixture fixture = new SenderFixture(peer.settings())) {
            assertThat(fixture.send("A").kind()).isEqualTo(OutcomeKind.AA);
        }
    }

    @Test
    @DisplayName("F10 a black hole: nobody accepts, and the message is refused with the reason, not lost in a wait")
    void shouldRefuseWhenNobodyAccepts() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            List<java.net.Socket> fill = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                java.net.Socket socket = new java.net.Socket();
                fill.add(socket);
                try {
                    socket.connect(full.getLocalSocketAddress(), 200);
                } catch (java.net.SocketTimeoutException e) {
                    // The queue is full now, which is the point.
                    continue;
                }
            }
            try (SenderFixture fixture =
                    new SenderFixture(connecting("127.0.0.1", full.getLocalPort(), Duration.ofMillis(400)))) {
                SendOutcome outcome = fixture.send("A");
                assertThat(outcome.kind()).isEqualTo(OutcomeKind.REFUSED);
                assertThat(outcome.detail()).contains("no connection within PT0.4S");
                assertThat(outcome.outcomeUnknown()).isFalse();
            }
            for (java.net.Socket socket : fill) {
                socket.close();
            }
        }
    }

    @Test
    @DisplayName("R28 a closed port and an unknown name are refused with words that say so")
    void shouldSayWhyThereIsNoConnection() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = closed.getLocalPort();
        }
        try (SenderFixture fixture = new SenderFixture(MllpSenderSettings.to("127.0.0.1", port))) {
            assertThat(fixture.send("A").detail()).contains("127.0.0.1:" + port).contains("connection was refused");
        }
        EventLoops loops = new EventLoops(1, host -> {
            throw new UnknownHostException(host);
        });
        try (SenderFixture fixture = new SenderFixture(MllpSenderSettings.to("lis.example", 1), loops)) {
            SendOutcome outcome = fixture.send("A");
            assertThat(outcome.kind()).isEqualTo(OutcomeKind.REFUSED);
            assertThat(outcome.detail()).contains("lis.example:1").contains("host name is unknown");
        }
    }

    @Test
    @DisplayName("F10 a name server that hangs delays neither the event loop nor the refusal")
    void shouldNotBlockTheLoopWhileLookingUpANAme() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        EventLoops loops = new EventLoops(1, host -> {
            asked.countDown();
            try {
                boolean unused = answer.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        });
        try (SenderFixture fixture = new SenderFixture(connecting("lis.example", 1, Duration.ofMillis(500)), loops)) {
            CompletableFuture<SendOutcome> outcome = fixture.begin(TestMessages.adt("A"));
            assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Boolean> loopIsFree = new CompletableFuture<>();
            fixture.executor.execute(() -> loopIsFree.complete(true));
            assertThat(loopIsFree.get(300, TimeUnit.MILLISECONDS)).isTrue();
            assertThat(SenderFixture.get(outcome).kind()).isEqualTo(OutcomeKind.REFUSED);
            answer.countDown();
        }
    }

    @Test
    @DisplayName("R28 of two addresses of a name, the second is used when the first does not answer")
    void shouldMoveOnToTheNextAddress() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer()) {
            InetAddress[] both = {InetAddress.getByName("127.0.0.9"), InetAddress.getByName("127.0.0.1")};
            EventLoops loops = new EventLoops(1, host -> both);
            MllpSenderSettings settings =
                    MllpSenderSettings.to("lis.example", peer.address().getPort());
            try (SenderFixture fixture = new SenderFixture(settings, loops)) {
                assertThat(fixture.send("A").kind()).isEqualTo(OutcomeKind.REFUSED);
                assertThat(fixture.send("A").kind()).isEqualTo(OutcomeKind.AA);
            }
        }
    }

    @Test
    @DisplayName("R31 idleClose closes a silent connection, and the next message opens another")
    void shouldCloseAfterASilence() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer()) {
            MllpSenderSettings settings = new MllpSenderSettings(
                    "127.0.0.1",
                    peer.address().getPort(),
                    Duration.ofSeconds(5),
                    true,
                    Duration.ofMillis(200),
                    AnswerSettings.defaults(),
                    null);
            try (SenderFixture fixture = new SenderFixture(settings)) {
                assertThat(fixture.send("A").kind()).isEqualTo(OutcomeKind.AA);
                await().untilAsserted(() -> assertThat(peer.ended).hasValue(1));
                assertThat(fixture.send("B").kind()).isEqualTo(OutcomeKind.AA);
                assertThat(peer.connections).hasValue(2);
            }
        }
    }

    @Test
    @DisplayName("R27 R31 an answer is waited for no longer than its time-out, however long a silence may last")
    void shouldTimeOutWhileTheTimerWaitsForTheEndOfASilence() throws Exception {
        AnswerSettings soon = new AnswerSettings(Duration.ofMillis(300), 1_000, false, false);
        try (ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.answers("AA"), ScriptedPeer.neverAnswers())) {
            MllpSenderSettings settings = new MllpSenderSettings(
                    "127.0.0.1",
                    peer.address().getPort(),
                    Duration.ofSeconds(5),
                    true,
                    Duration.ofMinutes(2),
                    soon,
                    null);
            try (SenderFixture fixture = new SenderFixture(settings)) {
                assertThat(fixture.send("A").kind()).isEqualTo(OutcomeKind.AA);
                assertThat(fixture.send("B").kind()).isEqualTo(OutcomeKind.TIMEOUT);
            }
        }
    }

    @Test
    @DisplayName("R29 what was never written ends without doubt when the sender is closed")
    void shouldNotDoubtWhatWasNeverWritten() throws Exception {
        EventLoops loops = new EventLoops(1, host -> {
            try {
                TimeUnit.SECONDS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        });
        try (SenderFixture fixture = new SenderFixture(MllpSenderSettings.to("lis.example", 1), loops)) {
            CompletableFuture<SendOutcome> outcome = fixture.begin(TestMessages.adt("A"));
            fixture.executor.execute(fixture.sender::close);
            assertThat(SenderFixture.get(outcome).kind()).isEqualTo(OutcomeKind.RESET);
            assertThat(SenderFixture.get(outcome).outcomeUnknown()).isFalse();
        }
    }
}
