package org.khokahano.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class FragmentingSenderTest {

    private static final byte[] LONG = ("MSH|^~\\&|LAB|QMMH|||20261123||ORU^R01|M1|P|2.5.1\rOBX|1|FT|||"
                    + "x".repeat(2_500) + "\r")
            .getBytes(StandardCharsets.ISO_8859_1);

    private final List<byte[]> sent = new ArrayList<>();
    private final Deque<Consumer<SendOutcome>> waiting = new ArrayDeque<>();
    private final List<SendOutcome> outcomes = new ArrayList<>();
    private final FragmentingSender sender =
            new FragmentingSender(new ScriptedPartner(), 1_000, kind -> kind == OutcomeKind.AA);

    private final class ScriptedPartner implements Sender {
        @Override
        public void send(byte[] payload, Consumer<SendOutcome> outcome) {
            sent.add(payload);
            waiting.add(outcome);
        }

        @Override
        public void close() {}
    }

    private void answer(OutcomeKind kind) {
        waiting.remove().accept(SendOutcome.answered(kind, new byte[] {1}));
    }

    @Test
    @DisplayName("R40 each fragment is sent after the one before was acknowledged, and the last outcome is the whole's")
    void shouldWaitForEachAcknowledgement() {
        sender.send(1, 7, LONG, outcomes::add);
        for (int fragment = 1; fragment <= 3; fragment++) {
            assertThat(sent).hasSize(fragment);
            assertThat(outcomes).isEmpty();
            answer(OutcomeKind.AA);
        }

        assertThat(sent).hasSize(3);
        assertThat(outcomes).singleElement().satisfies(outcome -> {
            assertThat(outcome.kind()).isEqualTo(OutcomeKind.AA);
            assertThat(outcome.outcomeUnknown()).isFalse();
        });
    }

    @Test
    @DisplayName("R30 a fragment that is refused ends the send; the next try sends the same bytes from the first on")
    void shouldBeginAgainAfterARefusal() {
        sender.send(1, 7, LONG, outcomes::add);
        answer(OutcomeKind.AA);
        answer(OutcomeKind.AR);
        assertThat(outcomes).singleElement().satisfies(outcome -> {
            assertThat(outcome.kind()).isEqualTo(OutcomeKind.AR);
            assertThat(outcome.detail()).isEqualTo("fragment 2 of 3");
            assertThat(outcome.outcomeUnknown()).as("the partner has the first").isTrue();
        });

        sender.send(1, 7, LONG, outcomes::add);
        answer(OutcomeKind.AA);
        assertThat(sent.subList(2, 4)).containsExactly(sent.get(0), sent.get(1));
    }

    @Test
    @DisplayName("R38 what is short enough goes as it is")
    void shouldSendShortMessagesWhole() {
        byte[] message = "MSH|^~\\&|LAB|QMMH|||20261123||ORU^R01|M1|P|2.5.1\r".getBytes(StandardCharsets.ISO_8859_1);
        sender.send(1, 7, message, outcomes::add);
        answer(OutcomeKind.AE);

        assertThat(sent).containsExactly(message);
        assertThat(outcomes).extracting(SendOutcome::kind).containsExactly(OutcomeKind.AE);
        assertThat(outcomes.get(0).detail()).isEmpty();
    }
}
