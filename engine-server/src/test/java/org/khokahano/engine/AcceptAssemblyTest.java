package org.khokahano.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.accept.AcceptPolicy;
import org.khokahano.accept.Journey;
import org.khokahano.accept.Received;
import org.khokahano.accept.Reply;
import org.khokahano.ack.AckWriter;
import org.khokahano.ack.AcknowledgementMode;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.event.EngineEvents;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.plan.Plan;
import org.khokahano.store.sqlite.CommitLimits;
import org.khokahano.store.sqlite.SqliteMessageStore;
import org.khokahano.store.sqlite.SqliteStoreSettings;

@Tag("unit")
class AcceptAssemblyTest {

    @TempDir
    private Path directory;

    @Test
    @DisplayName("R13 R22 R23 R57 What is written under 'accept' reaches the accept stage")
    void shouldCarryTheConfigurationOver() throws Exception {
        AcceptPolicy policy = policy("facility: QMMH, accept: {duplicates: 1h, processing: [P], versions: ['2.5'],"
                + " types: [ADT^A01], mode: enhanced, oneSided: enhanced, applicationAck: sameConnection,"
                + " onNoRoute: reject}");

        assertThat(policy)
                .isEqualTo(new AcceptPolicy(
                        "in",
                        "QMMH",
                        Duration.ofHours(1),
                        Set.of("P"),
                        Set.of("2.5"),
                        Set.of("ADT^A01"),
                        AcknowledgementMode.Policy.ENHANCED,
                        AcknowledgementMode.ENHANCED,
                        AcceptPolicy.ApplicationAck.SAME_CONNECTION,
                        AcceptPolicy.NoRoute.REJECT));
    }

    @Test
    @DisplayName("R13 R57 Without 'accept' the accept stage's defaults hold; 'duplicates: off' is no window")
    void shouldUseTheDefaults() throws Exception {
        assertThat(policy("maxInFlight: 64")).isEqualTo(AcceptPolicy.defaults("in"));
        assertThat(policy("accept: {duplicates: off}").duplicates()).isZero();
    }

    @Test
    @DisplayName("R57 A duplicate gets the same bytes after a restart with another acknowledgement mode")
    void shouldReturnTheStoredAckAfterARestartWithOtherSettings() throws Exception {
        String message = "MSH|^~\\&|EHR|QMMH|HUB|MOH|1||ADT^A01^ADT_A01|M1|P|2.5.1|||AL|AL\rPID|1||LS-77\r";

        List<String> first = receive(policy("accept: {applicationAck: sameConnection}"), message);
        List<String> again = receive(policy("accept: {mode: original}"), message);

        assertThat(first).hasSize(2);
        assertThat(first.get(0)).contains("MSA|CA|M1");
        assertThat(again).isEqualTo(first);
    }

    private AcceptPolicy policy(String listener) throws Exception {
        Files.writeString(directory.resolve("engine.yaml"), """
                engine: hub
                listeners: {in: {mllp: {port: 0}, %s}}
                destinations: {out: {mllp: {host: 127.0.0.1, port: 2576}}}
                routes: {all: {to: [out]}}
                """.formatted(listener));
        var result = ConfigurationReader.read(directory, name -> Optional.empty());
        assertThat(result.problems()).isEmpty();
        var configured =
                Objects.requireNonNull(result.config().orElseThrow().listeners().get("in"));
        return AcceptAssembly.policy("in", configured);
    }

    /** One life of the engine's store, and one message in it. */
    private List<String> receive(AcceptPolicy policy, String message) throws InterruptedException {
        EngineEvents events = new EngineEvents() {};
        SqliteStoreSettings settings = new SqliteStoreSettings(
                directory.resolve("data"), CommitLimits.defaults(), Duration.ofHours(24), 1_000);
        WaitingReply reply = new WaitingReply();
        try (SqliteMessageStore store = SqliteMessageStore.open(settings, events)) {
            AckWriter writer = new AckWriter(ZoneOffset.UTC);
            new Journey(policy, 0, (read, origin) -> Plan.NONE, store, writer, events, EngineClock.system())
                    .receive(new Received(message.getBytes(StandardCharsets.UTF_8), "192.0.2.7", 0), reply);
            List<String> answers = reply.answers.poll(10, TimeUnit.SECONDS);
            return answers == null ? List.of("no answer") : answers;
        }
    }

    private static final class WaitingReply implements Reply, SerialExecutor {

        private final BlockingQueue<List<String>> answers = new LinkedBlockingQueue<>();

        @Override
        public SerialExecutor executor() {
            return this;
        }

        @Override
        public void send(byte @Nullable [] acknowledgement) {
            answers.add(List.of(text(acknowledgement)));
        }

        @Override
        public void send(byte @Nullable [] acknowledgement, byte[] applicationAcknowledgement) {
            answers.add(List.of(text(acknowledgement), text(applicationAcknowledgement)));
        }

        private static String text(byte @Nullable [] bytes) {
            return bytes == null ? "none" : new String(bytes, StandardCharsets.UTF_8);
        }

        @Override
        public boolean isCurrent() {
            return true;
        }

        @Override
        public Scheduled schedule(Runnable task, Duration delay) {
            throw new UnsupportedOperationException("nothing here is for later");
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }
    }
}
