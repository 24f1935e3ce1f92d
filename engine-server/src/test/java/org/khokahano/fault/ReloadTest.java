package org.khokahano.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("crash")
class ReloadTest {

    private static final int CYCLES = Integer.getInteger("khoka.reload.cycles", 20);
    private static final int KILLS = 4;
    private static final int CONNECTIONS = 6;
    private static final Duration DRAIN_WITHIN = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final int adminPort = EngineProcess.freePort();
    private final int otherPort = EngineProcess.freePort();

    @Test
    @DisplayName("F21 P1 P2 P3 P4 changes of the configuration under load lose, repeat and reorder nothing")
    void shouldLoseNothingWhenTheConfigurationChangesUnderLoad() throws Exception {
        long slowest = 0;
        try (RecordingSink sink = new RecordingSink()) {
            EngineProcess.Plan plan = new EngineProcess.Plan(directory).admin(adminPort);
            plan.config(configuration(0, plan, sink.port()));
            try (Facility facility = new Facility(plan.port, Integer.MAX_VALUE)) {
                try (EngineProcess engine = plan.start()) {
                    facility.connect(CONNECTIONS);
                    double threads = 0;
                    double files = 0;
                    for (int cycle = 1; cycle <= CYCLES; cycle++) {
                        awaitMore(facility, 20);
                        if (cycle == Math.min(20, CYCLES)) {
                            threads = metric("jvm_threads_live_threads");
                            files = metric("process_files_open_files");
                            assertThat(Math.min(threads, files)).isPositive();
                        }
                        if (cycle % 7 == 0) {
                            plan.config(configuration(cycle, plan, sink.port()).replace("to: [lis]", "to: [nowhere]"));
                            assertThat(apply().path("refused").asBoolean()).isTrue();
                        }
                        plan.config(configuration(cycle, plan, sink.port()));
                        JsonNode outcome = apply();
                        assertThat(outcome.path("applied").asBoolean())
                                .as("cycle %s: %s", cycle, outcome)
                                .isTrue();
                        assertThat(outcome.path("revision").asInt()).isEqualTo(cycle + 1);
                        slowest = Math.max(slowest, outcome.path("tookMillis").asLong());
                    }
                    awaitMore(facility, 50);
                    double grownThreads = metric("jvm_threads_live_threads") - threads;
                    double grownFiles = metric("process_files_open_files") - files;
                    assertThat(grownThreads)
                            .as("threads that changes left behind")
                            .isLessThan(20);
                    assertThat(grownFiles).as("files that changes left open").isLessThan(40);
                    assertThat(admin().get("/api/revisions").path("revisions")).hasSize(Math.min(50, CYCLES + 1));
                    assertThat(metric("khoka_connections_opened_total{listener=\"in\"}"))
                            .as("connections of the listener stayed open")
                            .isEqualTo(CONNECTIONS);
                    assertThat(metric("khoka_revision")).isEqualTo(CYCLES + 1);
                    assertThat(metric("khoka_revisions_applied_total")).isEqualTo(CYCLES);
                    facility.stop();
                    facility.awaitDone(DRAIN_WITHIN);
                    Ledgers ledgers = new Ledgers(facility, sink)
                            .awaitDelivered(DRAIN_WITHIN)
                            .check();
                    assertThat(ledgers.repeated()).as("delivered twice").isEmpty();
                    engine.terminate();
                    assertThat(engine.awaitExit()).isZero();
                }
                assertThat(facility.refused()).isEmpty();
                new Ledgers(facility, sink).checkStore(plan.data());
                System.out.println("F21 " + CYCLES + " changes under "
                        + facility.acknowledged().size() + " messages; the slowest took " + slowest
                        + " ms, reading and checking included");
            }
        }
    }

    @Test
    @DisplayName("F21 an invalid configuration is refused whole while the one before serves")
    void shouldGoOnWhenAConfigurationIsRefused() throws Exception {
        try (RecordingSink sink = new RecordingSink()) {
            EngineProcess.Plan plan = new EngineProcess.Plan(directory).admin(adminPort);
            String valid = configuration(0, plan, sink.port());
            plan.config(valid);
            try (EngineProcess engine = plan.start()) {
                plan.config(valid.replace("to: [lis]", "to: [nowhere]"));
                assertThat(refusal()).contains("engine.yaml").contains("nowhere");
                plan.config(valid.replace("engine: reloaded", "engine: renamed"));
                assertThat(refusal()).contains("restart");
                try (RecordingSink taken = new RecordingSink()) {
                    plan.config(valid.replace(
                            "listeners:",
                            "listeners:\n  second: {mllp: {port: %d, host: 127.0.0.1}}".formatted(taken.port())));
                    assertThat(refusal()).containsPattern("engine\\.yaml:\\d+:25: error: listener second cannot bind");
                }
                assertThat(Facility.send(plan.port, Facility.message("P1.0", "P1", 300)))
                        .isEqualTo("AA");
                await().atMost(DRAIN_WITHIN).until(() -> sink.count() == 1);
                assertThat(metric("khoka_revisions_refused_total")).isEqualTo(3);
                assertThat(admin().get("/api/revisions").path("revisions")).hasSize(1);
                assertThat(engine.isAlive()).isTrue();
            }
        }
    }

    @Test
    @DisplayName("F21 what is queued for a destination waits while it is out of the configuration, and goes on after")
    void shouldKeepTheQueueOfADestinationThatIsRemoved() throws Exception {
        try (RecordingSink sink = new RecordingSink()) {
            EngineProcess.Plan plan = new EngineProcess.Plan(directory).admin(adminPort);
            String with = configuration(0, plan, sink.port());
            plan.config(with);
            sink.shut();
            try (EngineProcess engine = plan.start()) {
                for (int n = 0; n < 5; n++) {
                    assertThat(Facility.send(plan.port, Facility.message("P1." + n, "P1", 300)))
                            .isEqualTo("AA");
                }
                String without = with.substring(0, with.indexOf("routes:"));
                plan.config(without);
                JsonNode planned = admin().get("/api/configuration/plan?directory=" + config());
                assertThat(planned.toString()).contains("5 deliveries stay queued");
                assertThat(apply().path("applied").asBoolean()).isTrue();
                JsonNode removed = admin().get("/api/destinations");
                assertThat(removed.path("destinations")).isEmpty();
                assertThat(removed.path("notConfigured").toString())
                        .contains("lis")
                        .contains("5");
                sink.open();
                plan.config(with);
                assertThat(apply().path("changes").toString()).contains("takes up 5 deliveries");
                await().atMost(DRAIN_WITHIN).until(() -> sink.count() == 5);
                assertThat(sink.controlIds()).containsExactly("P1.0", "P1.1", "P1.2", "P1.3", "P1.4");
                assertThat(engine.isAlive()).isTrue();
            }
        }
    }

    @Test
    @DisplayName("F21 F2 kill -9 while a configuration is applied leaves the old one or the new one, whole")
    void shouldHaveOldOrNewWhenKilledWhileApplying() throws Exception {
        Random random = new Random();
        try (RecordingSink sink = new RecordingSink()) {
            EngineProcess.Plan plan = new EngineProcess.Plan(directory).admin(adminPort);
            plan.config(configuration(0, plan, sink.port()));
            try (Facility facility = new Facility(plan.port, Integer.MAX_VALUE)) {
                for (int kill = 1; kill <= KILLS; kill++) {
                    try (EngineProcess engine = plan.start()) {
                        if (kill == 1) {
                            facility.connect(CONNECTIONS);
                        }
                        awaitMore(facility, 5);
                        plan.config(configuration(kill, plan, sink.port()));
                        CompletableFuture<Void> asked = CompletableFuture.runAsync(() -> applyQuietly());
                        TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
                        engine.kill();
                        asked.get(30, TimeUnit.SECONDS);
                    }
                }
                try (EngineProcess engine = plan.start()) {
                    JsonNode revisions = admin().get("/api/revisions");
                    for (JsonNode revision : revisions.path("revisions")) {
                        Path files = plan.data()
                                .resolve("revisions/" + revision.path("number").asInt() + "/files");
                        assertThat(files.resolve("engine.yaml")).isRegularFile();
                    }
                    assertThat(revisions.path("current").asInt())
                            .isEqualTo(revisions
                                    .path("revisions")
                                    .get(0)
                                    .path("number")
                                    .asInt());
                    facility.stop();
                    facility.awaitDone(DRAIN_WITHIN);
                    new Ledgers(facility, sink).awaitDelivered(DRAIN_WITHIN).check();
                    engine.terminate();
                    assertThat(engine.awaitExit()).isZero();
                }
                new Ledgers(facility, sink).checkStore(plan.data());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultyEngine.Step.class,
            names = {"STAGING", "PREPARING", "KEEPING", "SWITCHING", "TAKING_OVER"})
    @DisplayName("F21 F2 P2 P3 kill at a named step of a change loses and reorders nothing, and one revision is whole")
    void shouldLoseNothingWhenKilledAt(FaultyEngine.Step step) throws Exception {
        try (RecordingSink sink = new RecordingSink()) {
            EngineProcess.Plan plan = new EngineProcess.Plan(directory).admin(adminPort);
            plan.config(configuration(0, plan, sink.port()));
            Path other = Files.createDirectory(directory.resolve("other"));
            Files.writeString(other.resolve("engine.yaml"), configuration(4, plan, sink.port()));
            plan.with("FAULT_OTHER", other.toString()).with("FAULT_STEP", step.name());
            try (Facility facility = new Facility(plan.port, Integer.MAX_VALUE).connect(CONNECTIONS)) {
                for (int hit = 0; hit < 2; hit++) {
                    plan.main(FaultyEngine.class).with("FAULT_COUNT", Integer.toString(2 + 3 * hit));
                    try (EngineProcess engine = plan.launch()) {
                        assertThat(engine.awaitExit())
                                .as("its log: %s", engine.log())
                                .isEqualTo(137);
                    }
                }
                plan.main(org.khokahano.cli.Khoka.class);
                try (EngineProcess engine = plan.start()) {
                    JsonNode revisions = admin().get("/api/revisions");
                    for (JsonNode revision : revisions.path("revisions")) {
                        int number = revision.path("number").asInt();
                        assertThat(plan.data().resolve("revisions/" + number + "/files/engine.yaml"))
                                .isRegularFile();
                    }
                    assertThat(revisions.path("current").asInt())
                            .isEqualTo(revisions.at("/revisions/0/number").asInt());
                    awaitMore(facility, 20);
                    facility.stop();
                    facility.awaitDone(DRAIN_WITHIN);
                    new Ledgers(facility, sink).awaitDelivered(DRAIN_WITHIN).check();
                    engine.terminate();
                    assertThat(engine.awaitExit()).isZero();
                }
                new Ledgers(facility, sink).checkStore(plan.data());
            }
        }
    }

    @Test
    @DisplayName("F21 SIGHUP applies the directory, --revision goes back, and each message knows its revision")
    void shouldApplyOnSigHupAndGoBackToAnEarlierRevision() throws Exception {
        try (RecordingSink sink = new RecordingSink()) {
            EngineProcess.Plan plan = new EngineProcess.Plan(directory).admin(adminPort);
            String first = configuration(0, plan, sink.port());
            plan.config(first);
            try (EngineProcess engine = plan.start()) {
                assertThat(Facility.send(plan.port, Facility.message("P1.0", "P1", 300)))
                        .isEqualTo("AA");
                plan.config(first.replace("from: [in]", "from: [in], when: \"msg.type == 'ZZZ'\""));
                engine.hangUp();
                await().atMost(DRAIN_WITHIN)
                        .until(() ->
                                admin().get("/api/revisions").path("current").asInt() == 2);
                assertThat(Facility.send(plan.port, Facility.message("P1.1", "P1", 300)))
                        .isEqualTo("AA");
                JsonNode back = admin().post("/api/configuration/apply", Map.of("revision", 1));
                assertThat(back.path("revision").asInt()).as("%s", back).isEqualTo(3);
                assertThat(Facility.send(plan.port, Facility.message("P1.2", "P1", 300)))
                        .isEqualTo("AA");
                await().atMost(DRAIN_WITHIN).until(() -> sink.count() == 2);
                assertThat(sink.controlIds()).containsExactly("P1.0", "P1.2");
                JsonNode messages = admin().get("/api/messages").path("messages");
                assertThat(messages)
                        .extracting(message -> message.path("revision").asInt())
                        .containsExactly(3, 2, 1);
                JsonNode revisions = admin().get("/api/revisions").path("revisions");
                assertThat(revisions).hasSize(3);
                assertThat(revisions.get(0).path("hash"))
                        .isEqualTo(revisions.get(2).path("hash"));
                assertThat(revisions.get(1).path("by").asText()).isEqualTo("SIGHUP");
            }
        }
    }

    /** Something different each time: lanes, key, window, retries, a second listener and destination. */
    private String configuration(int cycle, EngineProcess.Plan plan, int sinkPort) {
        String second = cycle % 3 == 1 ? "  second: {mllp: {port: %d, host: 127.0.0.1}}%n".formatted(otherPort) : "";
        String archive = cycle % 4 == 2 ? "  archive: {mllp: {host: 127.0.0.1, port: %d}}%n".formatted(otherPort) : "";
        String archived = cycle % 4 == 2
                ? "  archived: {from: [in], when: \"msg.type == 'ZZZ'\", to: [archive]}%n".formatted()
                : "";
        String text = """
                engine: reloaded
                store: {embedded: {path: "%s"}}
                admin: {listen: "127.0.0.1:%d"}
                shutdown: {drain: 5s}
                listeners:
                  in: {mllp: {port: %d, host: 127.0.0.1}, facility: QMMH%d}
                %sroutes:
                  all: {from: %s, to: [lis]}
                %sdestinations:
                %s  lis:
                    mllp: {host: 127.0.0.1, port: %d, window: %d}
                    order: {key: %s, lanes: %d}
                    retry: {first: 50ms, max: %dms}
                """;
        return text.formatted(
                plan.data(),
                adminPort,
                plan.port,
                cycle % 5,
                second,
                second.isEmpty() ? "[in]" : "[in, second]",
                archived,
                archive,
                sinkPort,
                1 + cycle % 3,
                cycle % 6 < 3 ? "PID-3.1" : "PID-3",
                1 + cycle % 5,
                100 + cycle);
    }

    private void awaitMore(Facility facility, int more) {
        int before = facility.acknowledged().size();
        await("load").atMost(DRAIN_WITHIN).until(() -> facility.acknowledged().size() >= before + more);
    }

    private Path config() {
        return directory.resolve("config");
    }

    private JsonNode apply() throws Exception {
        return admin().post("/api/configuration/apply", Map.of("directory", config().toString()));
    }

    private void applyQuietly() {
        try {
            apply();
        } catch (Exception e) {
            // The engine was killed before it answered, as it was to be.
            return;
        }
    }

    private String refusal() throws Exception {
        JsonNode outcome = apply();
        assertThat(outcome.path("refused").asBoolean()).as("%s", outcome).isTrue();
        assertThat(outcome.path("revision").asInt()).isEqualTo(1);
        return outcome.path("problems").toString();
    }

    private AdminApi admin() {
        return new AdminApi(directory.resolve("data"), adminPort);
    }

    private double metric(String name) throws Exception {
        String text = admin().text("/metrics");
        return text.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }
}
