package org.khokahano.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.event.EngineEvents;
import org.khokahano.send.BatchSettings;
import org.khokahano.send.BatchSettings.Answers;
import org.khokahano.send.BatchingSender;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;
import org.khokahano.send.Sender;
import org.khokahano.store.QueuedDelivery;

@Tag("unit")
class LaneBatchTest {

    private static final int SIZE = 3;

    private final FakeLoop loop = new FakeLoop();
    private final FakeStore store = new FakeStore();
    private final ScriptedPartner partner = new ScriptedPartner();
    private final List<String> delivered = new ArrayList<>();
    private final List<String> deadLetters = new ArrayList<>();
    private Lane lane = lane(Answers.ALL, false);
    private long lastId;

    private static final class ScriptedPartner implements Sender {
        private final List<String> sent = new ArrayList<>();
        private final Deque<Consumer<SendOutcome>> waiting = new ArrayDeque<>();

        @Override
        public void send(byte[] payload, Consumer<SendOutcome> outcome) {
            sent.add(new String(payload, StandardCharsets.ISO_8859_1));
            waiting.add(outcome);
        }

        @Override
        public void close() {
            waiting.forEach(outcome -> outcome.accept(SendOutcome.reset("closed")));
            waiting.clear();
        }

        List<String> idsOf(int batch) {
            return Stream.of(sent.get(batch).split("\r"))
                    .filter(line -> line.startsWith("MSH"))
                    .map(line -> line.split("\\|")[9])
                    .toList();
        }
    }

    private Lane lane(Answers answers, boolean file) {
        EngineEvents events = new EngineEvents() {
            @Override
            public void delivered(String destination, long messageId, int bytes, Duration sinceReceipt) {
                delivered.add("M" + messageId);
            }

            @Override
            public void deadLettered(String destination, long messageId, OutcomeKind outcome, String reason) {
                deadLetters.add("M" + messageId);
            }
        };
        BatchSettings settings = new BatchSettings(SIZE, Duration.ofSeconds(5), 1 << 20, file, answers);
        LaneSettings config = new LaneSettings(
                "lab", 0, 1, new LaneLimits(SIZE, 256, 1 << 20), LaneFixture.RETRY, AnswerTable.defaults());
        return new Lane(config, loop, new BatchingSender(partner, settings, loop), store, events, loop);
    }

    private void commit(int count) {
        for (int i = 0; i < count; i++) {
            lastId++;
            byte[] message = ("MSH|^~\\&|LAB|QMMH|HUB|MOH|20261123||ORU^R01|M" + lastId + "|P|2.5.1\rPID|1\r")
                    .getBytes(StandardCharsets.ISO_8859_1);
            lane.committed(new QueuedDelivery(lastId, lastId, message, 0, 0, loop.wallMillis(), 0, false));
        }
        loop.runTasks();
    }

    private static String batchOf(String... acknowledgements) {
        StringBuilder batch = new StringBuilder("BHS|^~\\&|HUB|MOH\r");
        for (String acknowledgement : acknowledgements) {
            batch.append("MSH|^~\\&|HUB|MOH|LAB|QMMH|20261123||ACK|A|P|2.5.1\rMSA|")
                    .append(acknowledgement.replace(' ', '|'))
                    .append('\r');
        }
        return batch + "BTS|" + acknowledgements.length + "\r";
    }

    private void answer(String text) {
        partner.waiting
                .remove()
                .accept(SendOutcome.answered(OutcomeKind.AA, text.getBytes(StandardCharsets.ISO_8859_1)));
        loop.runTasks();
    }

    @Test
    @DisplayName("R43 messages go as one batch with their count, in order, when enough are there")
    void shouldSendABatchOfAllThatAreThere() {
        commit(2);
        assertThat(partner.sent).isEmpty();
        commit(1);

        assertThat(partner.sent)
                .containsExactly("BHS|^~\\&|LAB|QMMH|HUB|MOH|||||B1.3.3\r"
                        + "MSH|^~\\&|LAB|QMMH|HUB|MOH|20261123||ORU^R01|M1|P|2.5.1\rPID|1\r"
                        + "MSH|^~\\&|LAB|QMMH|HUB|MOH|20261123||ORU^R01|M2|P|2.5.1\rPID|1\r"
                        + "MSH|^~\\&|LAB|QMMH|HUB|MOH|20261123||ORU^R01|M3|P|2.5.1\rPID|1\r"
                        + "BTS|3\r");
        answer(batchOf("AA M1", "AA M2", "AA M3"));
        assertThat(delivered).containsExactly("M1", "M2", "M3");
    }

    @Test
    @DisplayName("R43 the first message waits no longer than it may, and a file has FHS and FTS")
    void shouldSendWhatIsThereWhenTheWaitIsOver() {
        lane = lane(Answers.ALL, true);
        commit(1);
        loop.pass(Duration.ofSeconds(5));

        assertThat(partner.sent)
                .singleElement()
                .satisfies(file -> assertThat(file)
                        .startsWith("FHS|^~\\&|LAB|QMMH|HUB|MOH|||||B1.1.1\rBHS|")
                        .endsWith("\rBTS|1\rFTS|1\r"));
    }

    @Test
    @DisplayName("R43 nothing is gathered behind a batch under way, and what waited goes next")
    void shouldSendOneBatchAtATime() {
        commit(5);
        assertThat(partner.sent).hasSize(1);
        answer(batchOf("AA M1", "AA M2", "AA M3"));
        loop.pass(Duration.ofSeconds(5));

        assertThat(partner.idsOf(1)).containsExactly("M4", "M5");
    }

    @Test
    @DisplayName("R44 a message that its batch's answer refuses goes again alone and is given up; the others are done")
    void shouldGiveUpOnlyWhatIsRefused() {
        commit(4);
        answer(batchOf("AA M1", "AE M2", "AA M3"));
        assertThat(delivered).containsExactly("M1", "M3");
        for (int again = 1; again <= 2; again++) {
            assertThat(partner.sent).hasSize(again);
            loop.pass(Duration.ofSeconds(10));
            assertThat(partner.idsOf(again)).as("before anything new").containsExactly("M2");
            answer(batchOf("AE M2"));
        }
        loop.pass(Duration.ofSeconds(10));

        assertThat(deadLetters).containsExactly("M2");
        assertThat(partner.idsOf(3)).containsExactly("M4");
    }

    @Test
    @DisplayName("R30 R43 a batch whose end is unknown goes again whole, with the same bytes, flagged as a duplicate")
    void shouldSendTheSameBatchAgain() {
        commit(5);
        partner.waiting.remove().accept(SendOutcome.timeout("no answer"));
        loop.runTasks();
        loop.pass(Duration.ofSeconds(10));

        assertThat(partner.sent).hasSize(2);
        assertThat(partner.sent.get(1)).isEqualTo(partner.sent.get(0));
        assertThat(delivered).isEmpty();
    }

    @Test
    @DisplayName("R44 with 'errors' what the answer does not name was taken")
    void shouldTakeSilenceForYesWhereOnlyErrorsAreNamed() {
        lane = lane(Answers.ERRORS, false);
        commit(3);
        answer(batchOf("AE M3"));

        assertThat(delivered).containsExactly("M1", "M2");
    }

    @Test
    @DisplayName("R26 R44 with 'all' an answer that does not name a message acknowledges it not")
    void shouldNotTakeSilenceForYes() {
        commit(3);
        answer(batchOf("AA M1"));

        assertThat(delivered).containsExactly("M1");
    }

    @Test
    @DisplayName("R26 R44 one acknowledgement counts for all where it names the batch, else for the message it names")
    void shouldJudgeASingleAcknowledgement() {
        commit(3);
        answer("MSH|^~\\&|HUB|MOH|LAB|QMMH|20261123||ACK|A|P|2.5.1\rMSA|AA|M2\r");
        assertThat(delivered).containsExactly("M2");
        loop.pass(Duration.ofSeconds(10));
        assertThat(partner.idsOf(1)).containsExactly("M1", "M3");
        answer("MSH|^~\\&|HUB|MOH|LAB|QMMH|20261123||ACK|A|P|2.5.1\rMSA|AA|B1.3.2\r");

        assertThat(delivered).containsExactly("M2", "M1", "M3");
    }

    @Test
    @DisplayName("R43 a lane that stops sends what it has gathered, and waits for the answer")
    void shouldSendWhatIsGatheredWhenItStops() {
        commit(2);
        var stopped = lane.stop("the engine is stopping").toCompletableFuture();
        loop.runTasks();
        assertThat(partner.idsOf(0)).containsExactly("M1", "M2");
        assertThat(stopped).isNotDone();
        answer(batchOf("AA M1", "AA M2"));

        assertThat(stopped).isDone();
        assertThat(delivered).containsExactly("M1", "M2");
    }
}
