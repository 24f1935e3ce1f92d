package org.khokahano.mllp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.khokahano.send.ApplicationAnswers;
import org.khokahano.send.ApplicationAnswers.Arrival;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;

@Tag("socket")
@Timeout(30)
class MllpReleaseTwoTest {

    private static final byte[] COMMIT = {0x06};
    private static final byte[] NO_COMMIT = {0x15};

    private static UnaryOperator<MllpListenerSettings> release2(Duration replyTimeout) {
        return s -> new MllpListenerSettings(
                s.address(),
                new FrameSettings(100_000, Duration.ofSeconds(10), false, true, false),
                s.idleTimeout(),
                replyTimeout,
                s.maxConnections(),
                s.maxInFlight(),
                s.allow(),
                s.tls());
    }

    private static AnswerSettings committing(Duration timeout) {
        return new AnswerSettings(timeout, 100_000, false, true, true);
    }

    private static byte[] withoutAnswer(String controlId) {
        String adt = TestMessages.text(TestMessages.adt(controlId));
        String header = adt.substring(0, adt.indexOf('\r'));
        return TestMessages.text(header + "|||NE|NE" + adt.substring(header.length()));
    }

    @Test
    @DisplayName("R46 R47 a listener commits what is in safe storage, and its acknowledgement is content of its own")
    void shouldCommitAndThenAcknowledge() throws Exception {
        try (ListenerFixture fixture = new ListenerFixture(release2(Duration.ofSeconds(20)));
                ScriptedClient client = fixture.connect()) {
            client.send(TestMessages.adt("A"));
            assertThat(client.readFrame()).isEqualTo(COMMIT);
            assertThat(client.readAnswer()).contains("MSA|AA|A");
            client.send(COMMIT);

            client.send(TestMessages.adt("B"));
            assertThat(client.readFrame()).isEqualTo(COMMIT);
            assertThat(client.readAnswer()).contains("MSA|AA|B");
        }
    }

    @Test
    @DisplayName("R47 the next acknowledgement waits until the sender has committed the one before")
    void shouldKeepTheNextAcknowledgementUntilTheLastIsCommitted() throws Exception {
        try (ListenerFixture fixture = new ListenerFixture(release2(Duration.ofSeconds(20)));
                ScriptedClient client = fixture.connect()) {
            client.send(TestMessages.adt("A")).send(TestMessages.adt("B"));
            assertThat(client.readFrame()).isEqualTo(COMMIT);
            assertThat(client.readAnswer()).contains("MSA|AA|A");
            assertThat(client.readFrame()).as("B is in safe storage").isEqualTo(COMMIT);

            client.send(NO_COMMIT);
            assertThat(client.readAnswer()).as("written again").contains("MSA|AA|A");
            client.send(COMMIT);
            assertThat(client.readAnswer()).contains("MSA|AA|B");
        }
    }

    @Test
    @DisplayName("R46 what the store refuses is not committed, and not acknowledged")
    void shouldNotCommitWhatTheStoreRefuses() throws Exception {
        try (ListenerFixture fixture = new ListenerFixture(release2(Duration.ofSeconds(20)));
                ScriptedClient client = fixture.connect()) {
            fixture.store.refuse("disk full");
            client.send(TestMessages.adt("A"));
            assertThat(client.readFrame()).isEqualTo(NO_COMMIT);

            fixture.store.accept();
            client.send(TestMessages.adt("A"));
            assertThat(client.readFrame()).isEqualTo(COMMIT);
            assertThat(client.readAnswer()).contains("MSA|AA|A");
        }
    }

    @Test
    @DisplayName("R46 R19 a message that wants no acknowledgement is committed all the same")
    void shouldCommitWhatWantsNoAcknowledgement() throws Exception {
        try (ListenerFixture fixture = new ListenerFixture(release2(Duration.ofSeconds(20)));
                ScriptedClient client = fixture.connect()) {
            client.send(withoutAnswer("A")).send(TestMessages.adt("B"));
            assertThat(client.readFrame()).isEqualTo(COMMIT);
            assertThat(client.readFrame()).isEqualTo(COMMIT);
            assertThat(client.readAnswer()).contains("MSA|AA|B");
        }
    }

    @Test
    @DisplayName("R47 a sender that never commits an acknowledgement, or never can, loses its connection")
    void shouldGiveUpASenderThatDoesNotCommit() throws Exception {
        try (ListenerFixture fixture = new ListenerFixture(release2(Duration.ofMillis(300)));
                ScriptedClient silent = fixture.connect();
                ScriptedClient unable = fixture.connect()) {
            silent.send(TestMessages.adt("A"));
            assertThat(silent.readFrame()).isEqualTo(COMMIT);
            assertThat(silent.readAnswer()).contains("MSA|AA|A");
            assertThat(silent.sawClose()).isTrue();

            unable.send(TestMessages.adt("B"));
            assertThat(unable.readFrame()).isEqualTo(COMMIT);
            for (int tries = 0; tries < 3; tries++) {
                assertThat(unable.readAnswer()).contains("MSA|AA|B");
                unable.send(NO_COMMIT);
            }
            assertThat(unable.sawClose()).isTrue();
        }
    }

    @Test
    @DisplayName("R46 R47 a sender waits for the commit and the acknowledgement, and commits the latter")
    void shouldWaitForBothAndCommitTheAcknowledgement() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(
                        (message, exchange) -> {
                            exchange.answer(COMMIT);
                            exchange.answer(TestMessages.ack("AA", TestMessages.controlId(message)));
                        },
                        (commit, exchange) -> {},
                        (message, exchange) -> exchange.answer(COMMIT));
                SenderFixture fixture =
                        new SenderFixture(peer.settings().expecting(committing(Duration.ofMillis(500))))) {
            assertThat(fixture.send("A").kind()).isEqualTo(OutcomeKind.AA);
            await().untilAsserted(
                            () -> assertThat(peer.messages).hasSize(2).last().isEqualTo(COMMIT));

            SendOutcome unanswered = fixture.send("B");
            assertThat(unanswered.kind())
                    .as("a commit is no acknowledgement of the content")
                    .isEqualTo(OutcomeKind.TIMEOUT);
        }
    }

    @Test
    @DisplayName("R46 a negative commit acknowledgement ends the send as CR; the connection stays")
    void shouldEndAsRejectWhereThePartnerCannotStore() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(
                        (message, exchange) -> exchange.answer(NO_COMMIT),
                        (message, exchange) -> exchange.answer(COMMIT));
                SenderFixture fixture =
                        new SenderFixture(peer.settings().expecting(committing(Duration.ofSeconds(5))))) {
            SendOutcome refused = fixture.send("A");
            assertThat(refused.kind()).isEqualTo(OutcomeKind.CR);
            assertThat(refused.outcomeUnknown()).isFalse();

            CompletableFuture<SendOutcome> silent = fixture.begin(withoutAnswer("B"));
            assertThat(SenderFixture.get(silent).kind())
                    .as("R19 the commit is all that comes")
                    .isEqualTo(OutcomeKind.CA);
            assertThat(peer.connections).hasValue(1);
        }
    }

    @Test
    @DisplayName(
            "R46 R47 an application acknowledgement is committed once it is durable, and not where the store refuses it")
    void shouldCommitAnApplicationAcknowledgementOnceItIsDurable() throws Exception {
        Queue<Consumer<Arrival>> arrived = new ConcurrentLinkedQueue<>();
        ApplicationAnswers store = (answer, destination, executor, then) ->
                arrived.add(arrival -> executor.execute(() -> then.accept(arrival)));
        byte[] later = TestMessages.ack("AA", "EARLIER");
        ScriptedPeer.Step nothing = (commit, exchange) -> {};
        try (ScriptedPeer peer = new ScriptedPeer(
                        (message, exchange) -> {
                            exchange.answer(COMMIT);
                            exchange.answer(TestMessages.ack("CA", TestMessages.controlId(message)));
                        },
                        nothing,
                        nothing,
                        nothing);
                SenderFixture fixture =
                        new SenderFixture(peer.settings().expecting(committing(Duration.ofSeconds(5))), store)) {
            assertThat(fixture.send("A").kind()).isEqualTo(OutcomeKind.CA);
            await().until(() -> peer.messages.size() == 2);

            peer.sendToAll(later);
            await().until(() -> arrived.size() == 1);
            peer.sendToAll(TestMessages.ack("AA", "NEXT"));
            await().until(() -> arrived.size() == 2);
            assertThat(peer.messages).as("neither is durable").hasSize(2);

            Consumer<Arrival> first = arrived.remove();
            arrived.remove().accept(Arrival.MATCHED);
            first.accept(Arrival.REFUSED);
            await().until(() -> peer.messages.size() == 4);
            assertThat(peer.messages.get(2)).as("in the order of what came").isEqualTo(NO_COMMIT);
            assertThat(peer.messages.get(3)).isEqualTo(COMMIT);
        }
    }

    @Test
    @DisplayName(
            "R46 R47 no new content goes to a partner that waits for the word on its own, and all goes behind that")
    void shouldNotSendContentBeforeTheCommitThatIsOwed() throws Exception {
        Queue<Consumer<Arrival>> arrived = new ConcurrentLinkedQueue<>();
        ApplicationAnswers store = (answer, destination, executor, then) ->
                arrived.add(arrival -> executor.execute(() -> then.accept(arrival)));
        ScriptedPeer.Step accept = (message, exchange) -> {
            exchange.answer(COMMIT);
            exchange.answer(TestMessages.ack("CA", TestMessages.controlId(message)));
        };
        ScriptedPeer.Step nothing = (commit, exchange) -> {};
        try (ScriptedPeer peer = new ScriptedPeer(accept, nothing, nothing, accept, accept, nothing, nothing);
                SenderFixture fixture =
                        new SenderFixture(peer.settings().expecting(committing(Duration.ofMillis(400))), store)) {
            assertThat(fixture.send("A").kind()).isEqualTo(OutcomeKind.CA);
            await().until(() -> peer.messages.size() == 2);
            peer.sendToAll(TestMessages.ack("AA", "EARLIER"));
            await().until(() -> arrived.size() == 1);

            List<CompletableFuture<SendOutcome>> held =
                    fixture.beginTogether(List.of(TestMessages.adt("B"), TestMessages.adt("C")));
            await().during(Duration.ofMillis(900)).until(() -> peer.messages.size() == 2);
            arrived.remove().accept(Arrival.UNSOLICITED);

            for (CompletableFuture<SendOutcome> each : held) {
                assertThat(SenderFixture.get(each).kind())
                        .as("the time runs from the write")
                        .isEqualTo(OutcomeKind.CA);
            }
            assertThat(peer.messages.get(2)).isEqualTo(COMMIT);
            assertThat(peer.messages.subList(3, 5))
                    .extracting(TestMessages::controlId)
                    .containsExactly("B", "C");
        }
    }

    @Test
    @DisplayName("R6 R46 what is too long is not committed, and its sender learns why before the connection ends")
    void shouldTellWhyWhatIsTooLongIsNotCommitted() throws Exception {
        try (ListenerFixture fixture = new ListenerFixture(release2(Duration.ofSeconds(20)));
                ScriptedClient client = fixture.connect()) {
            client.send(TestMessages.adt("A"));
            assertThat(client.readFrame()).isEqualTo(COMMIT);
            assertThat(client.readAnswer()).contains("MSA|AA|A");
            // The first answer is not committed, and cannot be any more.
            client.write(TestMessages.text("\u000b" + TestMessages.text(TestMessages.adt("B")) + "x".repeat(100_000)));
            assertThat(client.readFrame()).isEqualTo(NO_COMMIT);
            assertThat(client.readAnswer()).contains("MSA|AR|B").contains("\rERR|");
            assertThat(client.sawClose()).isTrue();
        }
    }

    @Test
    @DisplayName("R47 a sender that has ended its output can commit nothing more, and gets all its answers at once")
    void shouldNotWaitForCommitsThatCannotCome() throws Exception {
        try (ListenerFixture fixture = new ListenerFixture(release2(Duration.ofSeconds(20)));
                ScriptedClient client = fixture.connect()) {
            client.send(TestMessages.adt("A")).send(TestMessages.adt("B"));
            assertThat(client.readFrame()).isEqualTo(COMMIT);
            assertThat(client.readAnswer()).contains("MSA|AA|A");
            assertThat(client.readFrame()).isEqualTo(COMMIT);
            client.endOutput();
            assertThat(client.readAnswer()).contains("MSA|AA|B");
            assertThat(client.sawClose()).isTrue();
        }
    }

    @Test
    @DisplayName("F6 R46 what comes while a longest message of bytes waits is not committed, and comes again")
    void shouldNotTakeMoreBytesThanMayWait() throws Exception {
        try (ListenerFixture fixture = new ListenerFixture(release2(Duration.ofSeconds(20)));
                ScriptedClient client = fixture.connect()) {
            client.send(TestMessages.adt("A"));
            assertThat(client.readFrame()).isEqualTo(COMMIT);
            assertThat(client.readAnswer()).contains("MSA|AA|A");
            // While A's answer is not committed the connection is read on, for the commit alone.
            fixture.store.hold();
            String filler = "NTE|1||" + "x".repeat(60_000) + "\r";
            for (int i = 0; i < 6; i++) {
                client.send(TestMessages.text(TestMessages.text(TestMessages.adt("B" + i)) + filler));
            }
            await().until(() -> fixture.store.stored.size() >= 3);
            await().during(Duration.ofMillis(200)).until(() -> fixture.store.stored.size() == 3);
            fixture.store.release(false);
            for (int i = 0; i < 6; i++) {
                assertThat(client.readFrame()).as("the word on B%d", i).isEqualTo(i < 2 ? COMMIT : NO_COMMIT);
            }
        }
    }
}
