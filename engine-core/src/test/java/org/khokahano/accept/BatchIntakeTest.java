package org.khokahano.accept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.khokahano.accept.AcceptedListener.admission;
import static org.khokahano.accept.AcceptedListener.received;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.khokahano.accept.AcceptPolicy.ApplicationAck;
import org.khokahano.accept.BatchPolicy.Answers;
import org.khokahano.accept.BatchPolicy.Broken;
import org.khokahano.ack.AcknowledgementMode;
import org.khokahano.store.NewMessage;

@Tag("unit")
class BatchIntakeTest {

    private static final String FHS = "FHS|^~\\&|EHR|QMMH|HUB|MOH|20261122190000||||F9\r";
    private static final String BHS = "BHS|^~\\&|EHR|QMMH|HUB|MOH|20261122190000||||B7\r";
    private static final String NO_TYPE = "MSH|^~\\&|EHR|QMMH|HUB|MOH|20261122190000|||M3|P|2.5.1\r";

    private final AcceptedListener listener = new AcceptedListener();

    private RecordingReply receive(BatchPolicy policy, String input) {
        RecordingReply reply = new RecordingReply();
        new BatchIntake(listener.journey(AcceptedListener.DEFAULTS), policy).receive(received(input), reply);
        return reply;
    }

    private RecordingReply receive(String input) {
        return receive(BatchPolicy.DEFAULT, input);
    }

    private static String two() {
        return admission("M1", "", "") + admission("M2", "", "");
    }

    private static final String TWO_PATIENTS = admission("M1", "", "")
            + admission("M2", "", "").replace("LS-77", "LS-88").replace("Mokoena^Lineo", "Tau^Palesa");

    @Test
    @DisplayName("R43 R45 Several messages without a batch are refused where the listener says so")
    void shouldRefuseSeveralMessagesInOneFrame() {
        BatchPolicy rejects = new BatchPolicy(Answers.ALL, Broken.REJECT, BatchPolicy.Unlabelled.REJECT);
        RecordingReply reply = receive(rejects, TWO_PATIENTS);

        assertThat(reply.answer()).contains("MSA|AE|M1").contains("|E|severalMessages^^L|");
        assertThat(listener.store.messages()).isEmpty();
        assertThat(listener.store.quarantined())
                .singleElement()
                .satisfies(kept -> assertThat(kept.reason()).isEqualTo("severalMessages"));
    }

    @Test
    @DisplayName("R43 R45 Several messages without a batch are taken each by itself, and each has its patient alone")
    void shouldSplitSeveralMessages() {
        BatchPolicy splits = BatchPolicy.DEFAULT;

        String answer = receive(splits, TWO_PATIENTS).answer();

        assertThat(answer).contains("MSA|AA|M1\r").contains("MSA|AA|M2\r").startsWith("BHS|");
        assertThat(listener.store.messages())
                .extracting(stored -> new String(stored.bytes(), StandardCharsets.ISO_8859_1))
                .satisfiesExactly(
                        first -> assertThat(first).contains("LS-77").doesNotContain("LS-88"),
                        second -> assertThat(second).contains("LS-88").doesNotContain("LS-77"));
        assertThat(receive(splits, admission("M3", "", "")).answer())
                .startsWith("MSH|")
                .contains("MSA|AA|M3\r");
    }

    @Test
    @DisplayName("R43 A line of text that begins with MSH ends no message of a batch")
    void shouldNotSplitText() {
        String text = admission("M1", "", "") + "NTE|1||first\nMSH clinic\n";

        assertThat(receive(BatchPolicy.DEFAULT, "BHS|^~\\&\r" + text + "BTS|1\r")
                        .answer())
                .contains("MSA|AA|M1\r");
        assertThat(listener.store.messages()).hasSize(1);
    }

    @Test
    @DisplayName("R43 R45 Each message of a batch is stored on its own, byte for byte, with its batch's id")
    void shouldStoreEachMessageOfABatch() {
        RecordingReply reply = receive(FHS + BHS + two() + "BTS|2\rFTS|1\r");

        assertThat(reply.ends()).isOne();
        assertThat(listener.store.messages())
                .extracting(message -> new String(message.bytes(), StandardCharsets.ISO_8859_1))
                .containsExactly(admission("M1", "", ""), admission("M2", "", ""));
        assertThat(listener.store.messages()).extracting(NewMessage::batch).containsExactly("B7", "B7");
    }

    @Test
    @DisplayName("R44 The answer is a batch of all acknowledgements, sender and receiver exchanged, naming the batch")
    void shouldAnswerWithABatchOfAcknowledgements() {
        String answer = receive(FHS + BHS + two() + "BTS|2\rFTS|1\r").answer();

        assertThat(answer.split("\r"))
                .satisfiesExactly(
                        line -> assertThat(line).matches("FHS\\|\\^~\\\\&\\|HUB\\|MOH\\|EHR\\|QMMH\\|2.*\\|F9"),
                        line -> assertThat(line).matches("BHS\\|\\^~\\\\&\\|HUB\\|MOH\\|EHR\\|QMMH\\|2.*\\|B7"),
                        line -> assertThat(line).startsWith("MSH|"),
                        line -> assertThat(line).isEqualTo("MSA|AA|M1"),
                        line -> assertThat(line).startsWith("MSH|"),
                        line -> assertThat(line).isEqualTo("MSA|AA|M2"),
                        line -> assertThat(line).isEqualTo("BTS|2"),
                        line -> assertThat(line).isEqualTo("FTS|1"));
    }

    @Test
    @DisplayName(
            "R22 R44 Application acknowledgements on the same connection are in the answer to a batch, and counted")
    void shouldGiveApplicationAcknowledgementsOfABatch() {
        AcceptPolicy both = AcceptedListener.policy(
                AcknowledgementMode.Policy.AUTO, AcknowledgementMode.ORIGINAL, ApplicationAck.SAME_CONNECTION);
        RecordingReply reply = new RecordingReply();

        new BatchIntake(listener.journey(both), BatchPolicy.DEFAULT)
                .receive(received(BHS + admission("M1", "AL", "AL") + admission("M2", "AL", "NE") + "BTS|2\r"), reply);

        assertThat(reply.answer().split("\r"))
                .filteredOn(line -> line.startsWith("MSA") || line.startsWith("BTS"))
                .containsExactly("MSA|CA|M1", "MSA|AA|M1", "MSA|CA|M2", "BTS|3");
    }

    @Test
    @DisplayName("R16 R44 A batch is answered after the last of its messages is durable, and once")
    void shouldAnswerAfterTheLastMessage() {
        listener.store.commitByHand();

        RecordingReply reply = receive(BHS + two() + "BTS|2\r");

        assertThat(reply.ends()).isZero();
        listener.store.commit();
        assertThat(reply.ends()).isOne();
    }

    @ParameterizedTest
    @CsvSource({"ALL, 2, true", "ERRORS, 1, false"})
    @DisplayName("R44 The answer speaks of all messages, or of those that were not taken")
    void shouldAnswerAsThePolicySays(Answers answers, int count, boolean positive) {
        RecordingReply reply =
                receive(new BatchPolicy(answers, Broken.REJECT), BHS + admission("M1", "", "") + NO_TYPE + "BTS|2\r");

        assertThat(reply.answer()).contains("MSA|AR|M3").endsWith("BTS|" + count + "\r");
        assertThat(reply.answer().contains("MSA|AA|M1")).isEqualTo(positive);
        assertThat(reply.refusal()).isEqualTo(Reply.Refusal.UNACCEPTABLE);
    }

    @Test
    @DisplayName("R44 A batch is not answered where the policy says so, and its messages are taken")
    void shouldNotAnswerWhereNoneIsWanted() {
        RecordingReply reply = receive(new BatchPolicy(Answers.NONE, Broken.REJECT), BHS + two() + "BTS|2\r");

        assertThat(reply.ends()).isOne();
        assertThat(reply.answers()).isEmpty();
        assertThat(listener.store.messages()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "BTS|3, BTS-1 says 3 messages",
        "BTS|many, BTS-1 is no number",
        "'', the batch that ends at byte",
        "BTS|2\rFTS|1, FTS without FHS",
    })
    @DisplayName(
            "R43 A batch whose counts or grammar are wrong may be cut off: nothing of it is taken, and all is kept")
    void shouldRefuseABrokenBatchWhole(String trailer, String detail) {
        RecordingReply reply = receive(BHS + two() + trailer.replace("\\r", "\r"));

        assertThat(listener.store.messages()).isEmpty();
        assertThat(listener.store.quarantined()).singleElement().satisfies(kept -> {
            assertThat(kept.reason()).isEqualTo("batch");
            assertThat(kept.detail()).contains(detail);
        });
        assertThat(reply.answer())
                .as("to who sent it, naming it")
                .startsWith("MSH|^~\\&|HUB|MOH|EHR|QMMH|")
                .contains("|P|2.5.1\rMSA|AE|B7|");
    }

    @Test
    @DisplayName(
            "R43 R45 Several messages in one frame are a batch, as its headers are optional: none is a part of another")
    void shouldTakeMessagesWithoutAnyHeaderAsABatch() {
        String second = admission("M2", "", "").replace("PID|1||", "PID|1||OTHER");
        RecordingReply reply = receive("\n" + admission("M1", "", "") + NO_TYPE + second);

        assertThat(listener.store.messages())
                .extracting(stored -> new String(stored.bytes(), StandardCharsets.ISO_8859_1))
                .containsExactly(admission("M1", "", ""), second);
        assertThat(reply.answer())
                .startsWith("BHS|^~\\&\r")
                .contains("MSA|AA|M1\r", "MSA|AR|M3|", "MSA|AA|M2\r")
                .endsWith("BTS|3\r");
    }

    @Test
    @DisplayName("A line that only begins like MSH is no other message")
    void shouldNotTakeTextForAMessage() {
        receive(admission("M1", "", "") + "NTE|1||x\rMSHX|1\rMSH\r");
        assertThat(listener.store.messages()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(bytes = {0x06, 0x15})
    @DisplayName("R32 R46 A commit acknowledgement that nobody waits for is not answered, or it would go on for ever")
    void shouldNotAnswerACommit(byte commit) {
        RecordingReply reply = receive(String.valueOf((char) commit));

        assertThat(reply.ends()).isOne();
        assertThat(reply.answers()).isEmpty();
        assertThat(listener.store.quarantined()).hasSize(commit == 0x15 ? 1 : 0);
    }

    @Test
    @DisplayName("R16 Two listeners that start at once answer under different ids")
    void shouldAnswerUnderIdsOfItsOwn() {
        Set<String> ids = new HashSet<>();
        for (String name : List.of("ehr", "lab")) {
            Journey journey = listener.journey(AcceptPolicy.defaults(name));
            RecordingReply reply = new RecordingReply();
            journey.receive(received(NO_TYPE), reply);
            ids.add(reply.answer().split("\\|")[9]);
        }
        assertThat(ids).hasSize(2).allSatisfy(id -> assertThat(id).hasSizeLessThanOrEqualTo(20));
    }

    @ParameterizedTest
    @EnumSource(Broken.class)
    @DisplayName(
            "R43 A batch of a few bytes a message, a hundred thousand times, is refused as a whole with one sentence")
    void shouldRefuseABatchOfTooManyMessages(Broken broken) {
        for (String part : List.of("MSH\r", "BHS\r")) {
            RecordingReply reply = receive(new BatchPolicy(Answers.ALL, broken), BHS + part.repeat(100_001));

            assertThat(listener.store.messages()).isEmpty();
            assertThat(reply.answer()).startsWith("MSH|").hasSizeLessThan(2_000);
        }
        assertThat(listener.store.quarantined())
                .hasSize(2)
                .allSatisfy(kept -> assertThat(kept.detail())
                        .isEqualTo("it has more than 100000 messages and batches; send it in parts"));
    }

    @Test
    @DisplayName("R43 What is wrong a hundred thousand times is told ten times")
    void shouldBoundWhatItTells() {
        receive(BHS + "BTS|0\r" + "FTS\r".repeat(100_000));

        assertThat(listener.store.quarantined())
                .singleElement()
                .satisfies(kept -> assertThat(kept.detail()).endsWith("more").hasSizeLessThan(1_000));
    }

    @Test
    @DisplayName("R43 A listener may take the messages of a broken batch, with a warning")
    void shouldTakeABrokenBatchWhereThePolicySaysSo() {
        RecordingReply reply = receive(new BatchPolicy(Answers.ALL, Broken.ACCEPT), BHS + two() + "BTS|3\r");

        assertThat(listener.store.messages()).hasSize(2);
        assertThat(listener.events.told()).contains("warned brokenBatch");
        assertThat(reply.answer()).contains("MSA|AA|M1").contains("MSA|AA|M2");
    }

    @Test
    @DisplayName("R43 Zero messages are legal, and so are a file of several batches and one without BHS")
    void shouldTakeEveryFormOfTheGrammar() {
        assertThat(receive(BHS + "BTS|0\r").answer()).endsWith("BTS|0\r");
        assertThat(receive(FHS + "FTS|0\r").answer()).endsWith("FTS|0\r");
        String several = receive(FHS + BHS + admission("M1", "", "") + "BTS|1\r" + BHS + admission("M2", "", "")
                        + "BTS|1\rFTS|2\r")
                .answer();
        assertThat(several.split("\r")).contains("BTS|1", "FTS|2");
        String bare = receive(FHS + admission("M5", "", "") + admission("M6", "", "") + "FTS|1\r")
                .answer();
        assertThat(bare.split("\r")).contains("MSA|AA|M5", "MSA|AA|M6", "BTS|2");
        assertThat(listener.store.messages()).extracting(NewMessage::batch).containsExactly("B7", "B7", "F9", "F9");
    }

    @Test
    @DisplayName("R45 What the store refuses is said for each message of the batch, so that the sender sends it again")
    void shouldSayWhatTheStoreCouldNotTake() {
        listener.store.refuse("disk full");

        RecordingReply reply = receive(BHS + two() + "BTS|2\r");

        assertThat(reply.refusal()).isEqualTo(Reply.Refusal.STORAGE);
        assertThat(reply.answer()).contains("MSA|AR|M1").contains("MSA|AR|M2");
    }

    @Test
    @DisplayName("A message by itself goes its journey as without batches")
    void shouldTakeAMessageByItself() {
        assertThat(receive(admission()).answer()).contains("MSA|AA|M1");
        assertThat(listener.store.messages()).extracting(NewMessage::batch).containsExactly("");
    }
}
