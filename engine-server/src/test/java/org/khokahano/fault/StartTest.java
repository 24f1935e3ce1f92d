package org.khokahano.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.event.EngineEvents;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.store.AppendResult;
import org.khokahano.store.Completion;
import org.khokahano.store.NewDelivery;
import org.khokahano.store.NewMessage;
import org.khokahano.store.NewMessage.BusinessKeys;
import org.khokahano.store.sqlite.CommitLimits;
import org.khokahano.store.sqlite.SqliteMessageStore;
import org.khokahano.store.sqlite.SqliteStoreSettings;

@Tag("crash")
class StartTest {

    private static final int BACKLOG = 100_000;

    @TempDir
    private Path directory;

    @Test
    @DisplayName("a bad configuration ends with 78 and lists every problem")
    void shouldListEveryProblemOfABadConfiguration() {
        EngineProcess.Plan plan = new EngineProcess.Plan(directory)
                .config("engine: bad\nlisteners: {in: {mllp: {prot: 1}}}\nroutes: {r: {to: [nowhere]}}\n");
        try (EngineProcess engine = plan.launch()) {
            assertThat(engine.awaitExit()).isEqualTo(78);
            assertThat(engine.log()).contains("prot", "nowhere").doesNotContain("\tat ");
        }
    }

    @Test
    @DisplayName("F24 a second engine on the same data directory is refused in a sentence, the first goes on")
    void shouldRefuseADirectoryInUse() throws IOException {
        try (RecordingSink sink = new RecordingSink()) {
            EngineProcess.Plan plan = new EngineProcess.Plan(directory).to(sink.port());
            try (EngineProcess engine = plan.start();
                    EngineProcess second = plan.launch()) {
                assertThat(second.awaitExit()).isEqualTo(1);
                assertThat(second.log())
                        .contains("khoka: the data directory", "is in use by the process")
                        .doesNotContain("\tat ");
                byte[] message = Facility.message("P1.0", "P1", 300);
                assertThat(Facility.send(plan.port, message)).isEqualTo("AA");
                assertThat(engine.isAlive()).isTrue();
            }
        }
    }

    @Test
    @DisplayName("P6 F1 ready within 3 s of its start with 100,000 queued")
    void shouldBeReadySoonWithALongQueue() throws Exception {
        EngineProcess.Plan plan = new EngineProcess.Plan(directory).to(EngineProcess.freePort());
        fill(plan.data());
        try (EngineProcess engine = plan.start()) {
            Matcher ready = Pattern.compile("engine is ready after (\\d+) ms").matcher(engine.log());
            assertThat(ready.find()).isTrue();
            assertThat(Long.parseLong(ready.group(1))).isLessThan(3_000);
            engine.terminate();
            assertThat(engine.awaitExit()).isZero();
            assertThat(engine.log()).contains(BACKLOG + " deliveries stay queued");
        }
    }

    /** Queues messages for the relay's destination, as an engine would have. */
    private static void fill(Path data) throws InterruptedException {
        CountDownLatch stored = new CountDownLatch(BACKLOG);
        try (SqliteMessageStore store = SqliteMessageStore.open(
                new SqliteStoreSettings(data, CommitLimits.defaults(), Duration.ofHours(24), 1_000),
                new EngineEvents() {})) {
            for (int n = 0; n < BACKLOG; n++) {
                String patient = "P" + n % 50;
                byte[] message = Facility.message("B" + n, patient, 300);
                BusinessKeys keys = new BusinessKeys("ORU^R01", "B" + n, "EHR|QMMH", patient);
                NewDelivery delivery = NewDelivery.asReceived("out", patient.hashCode());
                store.append(
                        new NewMessage(
                                "in", "", "127.0.0.1", message, keys, null, 1_700_000_000_000L, 0, List.of(delivery)),
                        new Counted(stored));
            }
            assertThat(stored.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Runs at once what the store hands over. */
    private static final class AtOnce implements SerialExecutor {
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
            throw new UnsupportedOperationException("the store schedules nothing here");
        }
    }

    private record Counted(CountDownLatch stored) implements Completion {
        private static final AtOnce EXECUTOR = new AtOnce();

        @Override
        public SerialExecutor executor() {
            return EXECUTOR;
        }

        @Override
        public void completed(AppendResult result) {
            if (result.outcome() == AppendResult.Outcome.STORED) {
                stored.countDown();
            }
        }
    }
}
