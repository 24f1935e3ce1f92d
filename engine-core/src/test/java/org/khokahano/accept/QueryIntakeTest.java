package org.khokahano.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.ack.AckWriter;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.mapping.Mapping;
import org.khokahano.mapping.MappingOutcome;
import org.khokahano.message.Message;
import org.khokahano.query.QueryPartner;
import org.khokahano.query.QueryRoute;
import org.khokahano.query.QuerySettings;
import org.khokahano.route.Origin;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;
import org.khokahano.send.Sender;

@Tag("unit")
class QueryIntakeTest {

    private static final String QUERY =
            "MSH|^~\\&|EHR|QMMH|MPI|MOH|20261123||QBP^Q22^QBP_Q21|K1|P|2.5\r" + "QPD|Q22|T1|@PID.3.1^4711\r";
    private static final String RESPONSE = "MSH|^~\\&|MPI|MOH|EHR|QMMH|20261123||RSP^K22^RSP_K21|9|P|2.5\rMSA|AA|K1\r";

    private final RecordingEvents events = new RecordingEvents();
    private int asked;
    private SendOutcome told = SendOutcome.answered(OutcomeKind.AA, RESPONSE.getBytes(StandardCharsets.ISO_8859_1));

    /** All at once; what is for later never comes. */
    private static final class AtOnce implements SerialExecutor {
        @Override
        public boolean isCurrent() {
            return true;
        }

        @Override
        public Scheduled schedule(Runnable task, Duration delay) {
            return () -> {};
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }
    }

    private final class Answering implements Sender {
        @Override
        public void send(byte[] payload, Consumer<SendOutcome> outcome) {
            asked++;
            outcome.accept(told);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private record Broken(Supplier<RuntimeException> fault) implements Mapping {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public MappingOutcome apply(Message message, Origin origin) {
            throw fault.get();
        }
    }

    private RecordingReply receive(@Nullable Mapping mapQuery, @Nullable Mapping mapAnswer) {
        SerialExecutor executor = new AtOnce();
        QueryPartner partner = new QueryPartner(
                new QuerySettings(Duration.ofSeconds(5), 1, 10), () -> executor, line -> new Answering());
        QueryIntake intake = new QueryIntake(
                AcceptedListener.DEFAULTS,
                null,
                false,
                new QueryRoute("registry", partner, mapQuery, mapAnswer),
                new AckWriter(ZoneOffset.UTC),
                events,
                EngineClock.system());
        RecordingReply reply = new RecordingReply(executor);
        intake.receive(AcceptedListener.received(QUERY), reply);
        return reply;
    }

    @Test
    @DisplayName("The partner's answer is the asker's, byte for byte")
    void shouldGiveTheAnswer() {
        assertThat(receive(null, null).answer()).isEqualTo(RESPONSE);
    }

    @Test
    @DisplayName(
            "A query that meets a fault of the engine is answered at once with an error, and without the fault's text")
    void shouldAnswerWhereTheEngineFails() {
        Mapping broken = new Broken(() -> new IllegalStateException("Mokoena"));
        RecordingReply before = receive(broken, null);
        assertThat(before.ends()).isEqualTo(1);
        assertThat(before.answer()).contains("MSA|AR|K1|", "|E|engineFault^^L|").doesNotContain("Mokoena");
        assertThat(asked).isZero();
        RecordingReply after = receive(null, broken);
        assertThat(after.ends()).isEqualTo(1);
        assertThat(after.answer()).contains("MSA|AR|K1|", "|E|engineFault^^L|").doesNotContain("Mokoena");
        assertThat(asked).isEqualTo(1);
    }

    @Test
    @DisplayName("R1 R25 An answer that no frame can hold is not given in part")
    void shouldNotGiveAnAnswerThatEndsItsFrame() {
        String list = RESPONSE + "PID|1||1^^^MOH||Mokoena\rPID|2||2^^^MOH||Tau\u001c\rPID|3\r";
        told = SendOutcome.answered(OutcomeKind.AA, list.getBytes(StandardCharsets.ISO_8859_1));

        RecordingReply reply = receive(null, null);

        assertThat(reply.answer())
                .contains("MSA|AE|K1", "|frameByte^^L|", "0x1C")
                .doesNotContain("Tau")
                .doesNotContain("Mokoena");
    }

    @Test
    @DisplayName("R46 A query that nobody answers has not met a store that refuses: its answer is an AE")
    void shouldSayThatNobodyAnswered() {
        told = SendOutcome.timeout("none in time");
        RecordingReply reply = receive(null, null);
        assertThat(reply.answer()).contains("MSA|AE|K1");
        assertThat(reply.refusal()).isEqualTo(Reply.Refusal.NO_ANSWER);
    }
}
