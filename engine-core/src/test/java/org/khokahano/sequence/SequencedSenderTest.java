package org.khokahano.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;
import org.khokahano.send.Sender;
import org.khokahano.sequence.SequenceSettings.Behind;
import org.khokahano.sequence.SequenceSettings.Start;
import org.khokahano.store.RecordingStore;
import org.khokahano.store.SequenceLink;
import org.khokahano.store.SequenceState;
import org.khokahano.store.SequenceState.Status;

@Tag("unit")
class SequencedSenderTest {

    private static final SequenceLink LIS = SequenceLink.ofDestination("lis");
    private static final byte[] MESSAGE =
            "MSH|^~\\&|HUB|MOH|LIS|NRL|20261122||ADT^A01|C1|P|2.5.1||x|NE|ER\rPID|1||LS-7\r"
                    .getBytes(StandardCharsets.US_ASCII);

    private final RecordingStore store = new RecordingStore();
    private final List<String> sent = new ArrayList<>();
    private final ArrayDeque<SendOutcome> answers = new ArrayDeque<>();
    private final List<SendOutcome> outcomes = new ArrayList<>();
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private boolean refuseAtAnswer;
    private SequencedSender sender;

    @BeforeEach
    void begin() {
        sender = sender(Start.ASK, Behind.RESTART);
    }

    private SequencedSender sender(Start start, Behind behind) {
        Sender partner = new Sender() {
            @Override
            public void send(byte[] payload, Consumer<SendOutcome> outcome) {
                sent.add(new String(payload, StandardCharsets.US_ASCII));
                if (refuseAtAnswer) {
                    store.refuse("the disk is full");
                }
                outcome.accept(answers.remove());
            }

            @Override
            public void close() {}
        };
        return new SequencedSender(
                "lis", new SequenceSettings(5, start, behind), partner, store, direct(), EngineClock.system());
    }

    private SerialExecutor direct() {
        return new SerialExecutor() {
            @Override
            public void execute(Runnable task) {
                task.run();
            }

            @Override
            public boolean isCurrent() {
                return true;
            }

            @Override
            public Scheduled schedule(Runnable task, Duration delay) {
                later.add(task);
                return () -> later.remove(task);
            }
        };
    }

    private void answer(OutcomeKind kind, String expected) {
        String ack = "MSH|^~\\&|LIS|NRL|HUB|MOH|||ACK|A|P|2.5.1\rMSA|" + kind.key() + "|C1||" + expected + "\r";
        answers.add(SendOutcome.answered(kind, ack.getBytes(StandardCharsets.US_ASCII)));
    }

    private OutcomeKind send(long delivery) {
        sender.send(1, delivery, MESSAGE, outcomes::add);
        return outcomes.get(outcomes.size() - 1).kind();
    }

    private List<String> numbers() {
        return sent.stream().map(SequencedSenderTest::number).toList();
    }

    private static String number(String message) {
        try {
            return Message.read(message.getBytes(StandardCharsets.US_ASCII))
                    .header()
                    .sequenceNumber();
        } catch (UnreadableMessageException e) {
            throw new IllegalStateException(e);
        }
    }

    private SequenceState state() {
        return Objects.requireNonNull(store.sequences().get(LIS));
    }

    /** As the store shows what was delivered. */
    private void delivered() {
        SequenceState state = state();
        store.sequences().put(LIS, new SequenceState(LIS, state.number(), state.deliveryId(), Status.SETTLED, 1));
    }

    @Test
    @DisplayName("R33 R37 The link starts with an MSH alone that asks for an answer, then numbers rise from the first")
    void shouldStartTheLinkAndCount() {
        answer(OutcomeKind.AA, "-1");
        answer(OutcomeKind.AA, "5");
        answer(OutcomeKind.CA, "6");

        assertThat(send(1)).isEqualTo(OutcomeKind.AA);
        delivered();
        assertThat(send(2)).isEqualTo(OutcomeKind.CA);

        assertThat(numbers()).containsExactly("0", "5", "6");
        assertThat(sent.get(0)).contains("|0||AL|NE").doesNotContain("PID", "|C1|");
        assertThat(sent.get(1))
                .isEqualTo(new String(MESSAGE, StandardCharsets.US_ASCII).replace("2.5.1||", "2.5.1|5|"));
    }

    @Test
    @DisplayName("R36 A partner that has counted before is taken up where it is")
    void shouldAdoptWhatThePartnerExpectsOnTheFirstStart() {
        answer(OutcomeKind.AA, "300");
        answer(OutcomeKind.AA, "300");
        assertThat(send(1)).isEqualTo(OutcomeKind.AA);
        assertThat(numbers()).containsExactly("0", "300");
    }

    @Test
    @DisplayName("R30 R36 A repetition has its number again; expected + 1 then means that its acknowledgement was lost")
    void shouldGoOnWhenTheAcknowledgementWasLost() {
        answer(OutcomeKind.AA, "-1");
        answers.add(SendOutcome.timeout("none"));
        answer(OutcomeKind.AE, "6");
        answer(OutcomeKind.AA, "6");

        assertThat(send(1)).isEqualTo(OutcomeKind.TIMEOUT);
        assertThat(send(1)).isEqualTo(OutcomeKind.AA);
        assertThat(outcomes.get(1).detail()).contains("acknowledgement was lost");
        assertThat(send(2)).isEqualTo(OutcomeKind.AA);

        assertThat(numbers()).containsExactly("0", "5", "5", "6");
        assertThat(sent.get(1)).isEqualTo(sent.get(2));
    }

    @Test
    @DisplayName("R36 Expected + 1 for a message that was never sent freezes: nothing is taken for delivered")
    void shouldFreezeWhenAnotherMessageHadTheNumber() {
        answer(OutcomeKind.AA, "5");
        answer(OutcomeKind.AE, "6");
        assertThat(send(1)).isEqualTo(OutcomeKind.SEQUENCE);
        answer(OutcomeKind.AA, "6");
        assertThat(send(1)).as("tried again by an operator").isEqualTo(OutcomeKind.SEQUENCE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Start.class,
            names = {"ASK", "NONE"})
    @DisplayName("R36 After a restart, too, expected + 1 for a message that was never accepted freezes")
    void shouldFreezeAgainInTheNextLifeOfTheEngine(Start start) {
        for (int life = 1; life <= 3; life++) {
            sender = sender(start, Behind.FREEZE);
            if (start == Start.ASK) {
                answer(OutcomeKind.AA, life == 1 ? "5" : "6");
            }
            answer(OutcomeKind.AE, "6");
            assertThat(send(1)).as("life %d", life).isEqualTo(OutcomeKind.SEQUENCE);
        }
    }

    @Test
    @DisplayName("R36 A message that never reached the partner is not taken for delivered by its number")
    void shouldFreezeWhenTheTryBeforeNeverConnected() {
        sender = sender(Start.NONE, Behind.FREEZE);
        answers.add(SendOutcome.withoutAnswer(OutcomeKind.REFUSED, "connection refused", false));
        assertThat(send(1)).isEqualTo(OutcomeKind.REFUSED);

        sender = sender(Start.NONE, Behind.FREEZE);
        answer(OutcomeKind.AE, "6");
        assertThat(send(1)).isEqualTo(OutcomeKind.SEQUENCE);
        assertThat(numbers()).containsExactly("5", "5");
    }

    @Test
    @DisplayName("R36 Where the store cannot take the number back, the try goes on until it can")
    void shouldNotEndATryBeforeItsNumberIsTakenBack() {
        sender = sender(Start.NONE, Behind.FREEZE);
        answers.add(SendOutcome.withoutAnswer(OutcomeKind.REFUSED, "connection refused", false));
        refuseAtAnswer = true;
        sender.send(1, 1, MESSAGE, outcomes::add);
        assertThat(outcomes).isEmpty();

        Objects.requireNonNull(later.poll()).run();
        assertThat(outcomes).as("the store still takes nothing").isEmpty();
        store.refuse(null);
        Objects.requireNonNull(later.poll()).run();
        assertThat(outcomes)
                .singleElement()
                .satisfies(end -> assertThat(end.kind()).isEqualTo(OutcomeKind.REFUSED));
    }

    @Test
    @DisplayName("R36 After silence a refusal of a later try says nothing about the first one")
    void shouldRememberThatATryMayHaveArrived() {
        sender = sender(Start.NONE, Behind.FREEZE);
        answers.add(SendOutcome.timeout("none"));
        answers.add(SendOutcome.withoutAnswer(OutcomeKind.REFUSED, "connection refused", false));
        answer(OutcomeKind.AE, "6");
        assertThat(send(1)).isEqualTo(OutcomeKind.TIMEOUT);
        assertThat(send(1)).isEqualTo(OutcomeKind.REFUSED);
        assertThat(send(1)).isEqualTo(OutcomeKind.AA);
    }

    @Test
    @DisplayName("R36 An earlier number restarts the link once, or freezes it by policy")
    void shouldRestartOrFreezeWhenThePartnerIsBehind() {
        answer(OutcomeKind.AA, "-1");
        answer(OutcomeKind.AE, "2");
        answer(OutcomeKind.AA, "5");
        answer(OutcomeKind.AA, "5");
        assertThat(send(1)).isEqualTo(OutcomeKind.AA);
        assertThat(numbers()).containsExactly("0", "5", "0", "5");
        delivered();

        answer(OutcomeKind.AE, "2");
        answer(OutcomeKind.AA, "2");
        assertThat(send(2)).isEqualTo(OutcomeKind.SEQUENCE);
        assertThat(outcomes.get(1).detail())
                .contains("expects sequence number 2")
                .contains("next is 6");

        sender = sender(Start.NONE, Behind.FREEZE);
        answer(OutcomeKind.AE, "2");
        assertThat(send(2)).isEqualTo(OutcomeKind.SEQUENCE);
        assertThat(numbers()).endsWith("6", "0", "6");
    }

    @Test
    @DisplayName("R36 A number given up after a refusal goes to the next message; after silence the partner is asked")
    void shouldGiveANumberAgainOnlyWhenItWasNotAccepted() {
        answer(OutcomeKind.AA, "-1");
        answer(OutcomeKind.AE, "5");
        answers.add(SendOutcome.timeout("none"));
        answer(OutcomeKind.AA, "6");
        answer(OutcomeKind.AA, "6");

        send(1);
        send(2);
        send(3);

        assertThat(numbers()).containsExactly("0", "5", "5", "0", "6");
        assertThat(state().number()).isEqualTo(6);
    }

    @Test
    @DisplayName("R36 What cannot be known without asking freezes where the partner may not be asked")
    void shouldFreezeWhenNobodyKnows() {
        sender = sender(Start.NONE, Behind.FREEZE);
        answers.add(SendOutcome.timeout("none"));
        assertThat(send(1)).isEqualTo(OutcomeKind.TIMEOUT);
        assertThat(send(2)).isEqualTo(OutcomeKind.SEQUENCE);
        store.sequences().put(LIS, new SequenceState(LIS, 8, 0, Status.START, 1));
        answer(OutcomeKind.AA, "");
        assertThat(send(2)).isEqualTo(OutcomeKind.AA);
        assertThat(numbers()).containsExactly("5", "9");
    }

    @Test
    @DisplayName("R35 An operator's resynchronisation tells the partner with -1, and keeps the message's number")
    void shouldResynchroniseWhenAnOperatorSaysSo() {
        store.sequences().putAll(Map.of(LIS, new SequenceState(LIS, 77, 3, Status.RESYNCHRONISE, 1)));
        answer(OutcomeKind.AA, "-1");
        answer(OutcomeKind.AA, "77");
        assertThat(send(3)).isEqualTo(OutcomeKind.AA);
        assertThat(numbers()).containsExactly("-1", "77");
    }

    @Test
    @DisplayName("P5 Nothing is sent while the store cannot keep the number")
    void shouldSendNothingWhenTheStoreRefuses() {
        store.refuse("the disk is full");
        assertThat(send(1)).isEqualTo(OutcomeKind.REFUSED);
        assertThat(sent).isEmpty();
    }
}
