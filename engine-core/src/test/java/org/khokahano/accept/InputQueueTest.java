package org.khokahano.accept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.khokahano.accept.AcceptedListener.admission;
import static org.khokahano.accept.AcceptedListener.received;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.format.InputFormat;
import org.khokahano.format.InputRecord;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.store.NewMessage;

@Tag("unit")
class InputQueueTest {

    private static final int MANY = InputQueue.MESSAGES_AT_A_TIME * 3 + 1;

    private final AcceptedListener listener = new AcceptedListener();
    private final SteppedExecutor executor = new SteppedExecutor();
    private final BatchIntake batches =
            new BatchIntake(listener.journey(AcceptedListener.DEFAULTS), BatchPolicy.DEFAULT);

    private static String batch() {
        StringBuilder batch = new StringBuilder("BHS|^~\\&|EHR|QMMH|HUB|MOH|20261122190000||||B7\r");
        for (int number = 1; number <= MANY; number++) {
            batch.append(admission("M" + number, "", ""));
        }
        return batch.append("BTS|").append(MANY).append('\r').toString();
    }

    private List<String> stored() {
        return listener.store.messages().stream()
                .map(NewMessage::bytes)
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1).split("\\|", -1)[9])
                .toList();
    }

    private static List<String> inOrder(String last) {
        List<String> ids = new ArrayList<>();
        for (int number = 1; number <= MANY; number++) {
            ids.add("M" + number);
        }
        ids.add(last);
        return ids;
    }

    @Test
    @DisplayName("A long batch leaves the thread to others now and then, and is answered once, after its last message")
    void shouldTakeALongBatchAFewMessagesAtATime() {
        RecordingReply reply = new RecordingReply(executor);

        batches.receive(received(batch()), reply);

        assertThat(listener.store.messages()).hasSize(InputQueue.MESSAGES_AT_A_TIME);
        executor.run();
        assertThat(listener.store.messages()).hasSize(MANY);
        assertThat(reply.ends()).isOne();
        assertThat(reply.answer()).contains("MSA|AA|M1\r").contains("MSA|AA|M" + MANY + "\r");
    }

    @Test
    @DisplayName("P3 What the same sender sends behind a long batch is taken after it")
    void shouldKeepTheOrderOfASender() {
        batches.receive(received(batch()), new RecordingReply(executor));
        RecordingReply behind = new RecordingReply(executor);
        batches.receive(received(admission("LAST", "", "")), behind);

        assertThat(stored()).doesNotContain("LAST");
        executor.run();

        assertThat(stored()).isEqualTo(inOrder("LAST"));
        assertThat(behind.ends()).isOne();
    }

    @Test
    @DisplayName("What another sender sends does not wait for a long batch")
    void shouldNotHoldUpOthers() {
        batches.receive(received(batch()), new RecordingReply(executor));
        byte[] other = admission("OTHER", "", "").getBytes(StandardCharsets.ISO_8859_1);
        batches.receive(new Received(other, "192.0.2.99", 0), new RecordingReply(executor));

        assertThat(stored()).hasSize(InputQueue.MESSAGES_AT_A_TIME + 1).endsWith("OTHER");
    }

    @Test
    @DisplayName("What is left of a batch when the configuration changes is taken some at a time, too")
    void shouldGoOnStepByStepWhenItIsRetired() {
        batches.receive(received(batch()), new RecordingReply(executor));

        batches.retire();
        for (int task = 0; task <= InputQueue.MESSAGES_AT_A_TIME; task++) {
            executor.step();
        }
        assertThat(listener.store.messages()).hasSize(2 * InputQueue.MESSAGES_AT_A_TIME);
        executor.run();
        assertThat(listener.store.messages()).hasSize(MANY);
    }

    @Test
    @DisplayName("A batch is not taken faster than the store can write")
    void shouldWaitForTheStore() {
        listener.store.holdAtMost(10);
        RecordingReply reply = new RecordingReply(executor);
        batches.receive(received(batch()), reply);
        executor.run();
        assertThat(listener.store.messages()).hasSize(10);

        listener.store.holdAtMost(50);
        executor.run();
        assertThat(listener.store.messages()).hasSize(50);

        batches.retire();
        executor.run();
        assertThat(listener.store.messages())
                .as("not over a change of the configuration either")
                .hasSize(50);
        listener.store.holdAtMost(Integer.MAX_VALUE);
        executor.run();
        assertThat(listener.store.messages()).hasSize(MANY);
        assertThat(reply.ends()).isOne();
    }

    @Test
    @DisplayName(
            "P3 F21 What a connection sends behind a batch is taken after it when the configuration changes between")
    void shouldKeepTheOrderOverAChange() {
        ExchangeableIntake intake = new ExchangeableIntake(batches);
        intake.receive(received(batch()), new RecordingReply(executor));
        RecordingReply waited = new RecordingReply(executor);
        intake.receive(received(admission("WAITED", "", "")), waited);

        intake.exchange(new BatchIntake(listener.journey(AcceptedListener.DEFAULTS), BatchPolicy.DEFAULT));
        RecordingReply next = new RecordingReply(executor);
        intake.receive(received(batch().replace("|M", "|N")), next);
        RecordingReply last = new RecordingReply(executor);
        intake.receive(received(admission("LAST", "", "")), last);
        executor.run();

        List<String> expected = inOrder("WAITED");
        inOrder("LAST").forEach(id -> expected.add(id.replace("M", "N")));
        assertThat(stored()).isEqualTo(expected);
        assertThat(List.of(waited, next, last))
                .allSatisfy(reply -> assertThat(reply.ends()).isOne());
    }

    @Test
    @DisplayName("Records of another format are taken a few at a time, too")
    void shouldTakeManyRecordsAFewAtATime() {
        InputFormat format = new InputFormat() {
            @Override
            public Set<String> mediaTypes() {
                return Set.of();
            }

            @Override
            public List<InputRecord> read(byte[] input) {
                List<InputRecord> records = new ArrayList<>();
                for (int number = 1; number <= MANY; number++) {
                    records.add(new InputRecord.Readable(message("M" + number)));
                }
                return records;
            }
        };
        RecordingReply reply = new RecordingReply(executor);

        new RecordIntake(listener.journey(AcceptedListener.DEFAULTS), format).receive(received("many"), reply);

        assertThat(listener.store.messages()).hasSize(InputQueue.MESSAGES_AT_A_TIME);
        assertThat(reply.ends()).isZero();
        executor.run();
        assertThat(listener.store.messages()).hasSize(MANY);
        assertThat(reply.ends()).isOne();
    }

    @Test
    @DisplayName("What fails by a bug does not keep back what comes behind it")
    void shouldGoOnBehindABug() {
        InputQueue queue = new InputQueue(listener.journey(AcceptedListener.DEFAULTS));
        RecordingReply reply = new RecordingReply(executor);
        Received received = received("one");

        assertThatThrownBy(() -> queue.take(
                        received,
                        reply,
                        () -> Objects.requireNonNull(System.getProperty("khoka.no.such.property"))
                                .isEmpty()))
                .isInstanceOf(NullPointerException.class);

        assertThat(queue.isBusy()).isFalse();
    }

    private static Message message(String controlId) {
        try {
            return Message.read(admission(controlId, "", "").getBytes(StandardCharsets.ISO_8859_1));
        } catch (UnreadableMessageException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
