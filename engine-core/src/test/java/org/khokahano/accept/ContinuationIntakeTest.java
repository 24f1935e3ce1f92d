package org.khokahano.accept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.khokahano.accept.AcceptedListener.policy;
import static org.khokahano.accept.AcceptedListener.received;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.accept.AcceptPolicy.ApplicationAck;
import org.khokahano.accept.Reply.Refusal;
import org.khokahano.ack.AcknowledgementMode;
import org.khokahano.lane.FakeLoop;
import org.khokahano.store.fragment.FragmentReading;
import org.khokahano.store.fragment.FragmentReading.State;

@Tag("unit")
class ContinuationIntakeTest {

    private static final FragmentReading DAMAGED = new FragmentReading(State.DAMAGED, 2, List.of());

    private final AcceptedListener listener = new AcceptedListener();
    private final ScriptedFragmentStore fragments = new ScriptedFragmentStore();
    private final FakeLoop loop = new FakeLoop();
    private final ContinuationIntake intake = intake(AcceptedListener.DEFAULTS);

    private ContinuationIntake intake(AcceptPolicy policy) {
        return new ContinuationIntake(
                listener.journey(policy), fragments, new ContinuationPolicy(Duration.ofMinutes(10), 1_000, 10));
    }

    private static String fragment(String controlId, String follows, String segments) {
        return "MSH|^~\\&|LAB|QMMH|LIS|NRL|20261123080000||ORU^R01^ORU_R01|" + controlId + "|P|2.5.1||" + follows + '\r'
                + segments;
    }

    private static final String FIRST = fragment("F1", "", "PID|1||4711\rDSC|P1|F\r");
    private static final String LAST = fragment("F2", "P1", "NTE|1||end\r");

    private RecordingReply receive(ContinuationIntake where, String message) {
        RecordingReply reply = new RecordingReply(loop);
        where.receive(received(message), reply);
        loop.runTasks();
        return reply;
    }

    private RecordingReply receive(String message) {
        return receive(intake, message);
    }

    @Test
    @DisplayName("R38 R40 the last fragment's answer follows the message that was made of all")
    void shouldPutTogetherWhatCameInFragments() {
        assertThat(receive(FIRST).answer()).contains("MSA|AA|F1");
        assertThat(receive(LAST).answer()).contains("MSA|AA|F2");
        assertThat(listener.store.messages())
                .singleElement()
                .satisfies(stored -> assertThat(new String(stored.bytes(), StandardCharsets.ISO_8859_1))
                        .isEqualTo(fragment("F1", "", "PID|1||4711\rNTE|1||end\r")));
    }

    @Test
    @DisplayName("F7 R42 fragments that are damaged go to quarantine, and their sender is told to begin again")
    void shouldGiveUpWhatIsDamaged() {
        receive(FIRST);
        fragments.readNext(DAMAGED);

        RecordingReply reply = receive(LAST);

        assertThat(reply.answer())
                .contains("MSA|AR|F2")
                .contains("damagedFragments")
                .contains("first fragment");
        assertThat(reply.refusal()).isEqualTo(Refusal.FAULT);
        assertThat(fragments.givenUp()).containsExactly("2 damagedFragments");
        assertThat(listener.store.messages()).isEmpty();
    }

    @Test
    @DisplayName("F7 R42 damaged fragments of which nobody waits for an answer go to quarantine, too")
    void shouldGiveUpWhatIsDamagedAtTheStart() {
        receive(FIRST);
        fragments.readNext(FragmentReading.notNow());
        assertThat(receive(LAST).answer()).contains("MSA|AR|F2").contains("again later");
        fragments.readNext(FragmentReading.notNow());
        fragments.readNext(DAMAGED);

        loop.pass(Duration.ofSeconds(31));
        assertThat(fragments.givenUp()).as("it could not be read").isEmpty();
        loop.pass(Duration.ofSeconds(31));
        assertThat(fragments.givenUp()).containsExactly("2 damagedFragments");
    }

    @Test
    @DisplayName("R42 what cannot be put together by a fault of the engine goes to quarantine and blocks nobody")
    void shouldGiveUpWhatTheEngineFailsOn() {
        receive(FIRST);
        byte[] unreadable = "nothing with MSH".getBytes(StandardCharsets.US_ASCII);
        fragments.readNext(new FragmentReading(State.READ, 2, List.of(unreadable)));

        assertThat(receive(LAST).answer()).contains("MSA|AR|F2").contains("engineFault");
        assertThat(fragments.givenUp()).containsExactly("2 engineFault");
    }

    @Test
    @DisplayName("R42 what cannot be given up while the store takes nothing is given up later")
    void shouldGiveUpLater() {
        receive(FIRST);
        fragments.readNext(DAMAGED);
        fragments.refuse();

        assertThat(receive(LAST).answer()).contains("MSA|AR|F2").contains("again later");
        assertThat(fragments.givenUp()).isEmpty();
        assertThat(fragments.pendingFragments()).isNotEmpty();
    }

    @Test
    @DisplayName("R57 the fragments of a message that was turned away are forgotten, so that it is not called accepted")
    void shouldForgetTheFragmentsOfWhatWasTurnedAway() {
        ContinuationIntake strict = intake(policy(Set.of("P"), Set.of("2.5.1"), Set.of("ADT")));
        assertThat(receive(strict, FIRST).answer()).contains("MSA|AR|F1").contains("unsupportedType");

        AcceptPolicy unrouted = AcceptedListener.rejectingUnrouted();
        ContinuationIntake picky = intake(unrouted);
        receive(picky, FIRST);
        assertThat(receive(picky, LAST).answer()).contains("MSA|AR|F2").contains("noRoute");
        assertThat(fragments.isDropped()).isTrue();
    }

    @Test
    @DisplayName("R40 a message of which all fragments are there is put together at the next start")
    void shouldPutTogetherAtTheStartWhatWasComplete() {
        receive(FIRST);
        fragments.readNext(FragmentReading.notNow());
        receive(LAST);

        intake(AcceptedListener.DEFAULTS).takeUp(loop);
        loop.runTasks();

        assertThat(listener.store.messages()).hasSize(1);
    }

    @Test
    @DisplayName("R40 a fault with what came behind a last fragment does not hold up what follows it")
    void shouldGoOnBehindAFault() {
        receive(FIRST);
        RecordingReply reply = new RecordingReply(loop);
        List<String> turns = new ArrayList<>();
        fragments.beforeReading(() -> {
            assertThat(intake.defer(received("behind"), reply, () -> {
                        throw new IllegalStateException("a bug");
                    }))
                    .isTrue();
            assertThat(intake.defer(received("behind"), reply, () -> turns.add("next")))
                    .isTrue();
        });

        assertThatThrownBy(() -> receive(LAST)).hasMessage("a bug");

        assertThat(turns).containsExactly("next");
        assertThat(intake.isBusy()).isFalse();
    }

    @Test
    @DisplayName("R15 R40 MSA-2 has the bytes of MSH-10, delimiters and all, of the fragment that it is for")
    void shouldNameFragmentsByTheirBytes() {
        AcceptPolicy both = AcceptedListener.policy(
                AcknowledgementMode.Policy.AUTO, AcknowledgementMode.ORIGINAL, ApplicationAck.SAME_CONNECTION);
        ContinuationIntake same = intake(both);
        String first = FIRST.replace("|F1|", "|F^1\\T\\x\u00e9|").replace("|2.5.1||\r", "|2.5.1|||AL|AL\r");
        String last = LAST.replace("|F2|", "|F\\T\\2|").replace("|P1\r", "|P1|AL|AL\r");

        assertThat(receive(same, first).answer()).contains("MSA|CA|F^1\\T\\x\u00e9\r");
        assertThat(receive(same, last).answers())
                .satisfiesExactly(
                        accept -> assertThat(accept).contains("MSA|CA|F\\T\\2\r"),
                        application -> assertThat(application).contains("MSA|AA|F^1\\T\\x\u00e9\r"));
    }

    @Test
    @DisplayName("R15 R17 what is refused of the whole names the last fragment by its bytes")
    void shouldRefuseByTheBytesOfTheLast() {
        ContinuationIntake picky = intake(AcceptedListener.rejectingUnrouted());
        receive(picky, FIRST);
        assertThat(receive(picky, LAST.replace("|F2|", "|F^2&x|")).answer()).contains("MSA|AR|F^2&x|");
    }

    @Test
    @DisplayName("R21 R40 a negative application acknowledgement names the first fragment")
    void shouldNameTheFirstInANegativeApplicationAcknowledgement() {
        AcceptPolicy both = new AcceptPolicy(
                "ehr",
                "QMMH",
                Duration.ofHours(24),
                AcceptPolicy.ALL_PROCESSING_IDS,
                AcceptPolicy.ALL_VERSIONS,
                Set.of(),
                AcknowledgementMode.Policy.AUTO,
                AcknowledgementMode.ORIGINAL,
                ApplicationAck.SAME_CONNECTION,
                AcceptPolicy.NoRoute.REJECT);
        ContinuationIntake picky = intake(both);
        receive(picky, FIRST.replace("|2.5.1||\r", "|2.5.1|||NE|AL\r"));
        assertThat(receive(picky, LAST.replace("|P1\r", "|P1|NE|AL\r")).answer())
                .contains("MSA|AR|F1|");
    }
}
