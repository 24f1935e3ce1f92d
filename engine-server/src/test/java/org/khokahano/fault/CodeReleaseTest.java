package org.khokahano.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("crash")
class CodeReleaseTest {

    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final String HB = "HB,L,718-7,LN\n";
    private static final String VL = "VL,L,20447-9,LN\n";

    @TempDir
    private Path directory;

    private final int adminPort = EngineProcess.freePort();
    private final int otherPort = EngineProcess.freePort();

    @Test
    @DisplayName("P2 P3 what waits for codes is released in order, mapped and once, by the revision that has the rows")
    void shouldReleaseInOrderWhenTheTableHasTheRows() throws Exception {
        try (RecordingSink lis = new RecordingSink();
                RecordingSink archive = new RecordingSink()) {
            EngineProcess.Plan plan = plan(lis, archive, "");
            try (EngineProcess engine = plan.start()) {
                send(plan.port, "A1", "HB");
                send(otherPort, "B1", "VL");
                send(plan.port, "A2", "VL");
                send(plan.port, "A3", "XX");
                send(plan.port, "A4", "HB");
                await().atMost(WITHIN).until(() -> archive.count() == 5);
                JsonNode codes = admin().get("/api/codes").path("codes");
                assertThat(codes).hasSize(4);
                assertThat(codes.get(0).path("code").asText()).isEqualTo("HB");
                assertThat(codes.get(0).path("deliveries").asInt()).isEqualTo(2);
                assertThat(codes.get(0).path("listener").asText()).isEqualTo("in");
                assertThat(codes.get(0).path("sender").asText()).isEqualTo("EHR|QMMH");
                assertThat(codes.get(0).path("examples").get(0).path("place").asText())
                        .isEqualTo("OBX[1]-3");
                assertThat(admin().get("/api/codes?code=VL&table=tests").path("codes"))
                        .hasSize(2);

                tables(HB);
                apply();
                await().atMost(WITHIN).until(() -> lis.count() == 2);
                tables(HB + VL);
                apply();
                await().atMost(WITHIN).until(() -> lis.count() == 4);

                assertThat(ids(lis)).containsExactly("A1", "A4", "B1", "A2");
                assertThat(lis.received())
                        .allSatisfy(message ->
                                assertThat(text(message)).containsPattern("OBX\\|1\\|NM\\|(718-7|20447-9)\\^\\^LN\\|"));
                assertThat(admin().get("/api/codes").path("codes")).hasSize(1);
                assertThat(admin().get("/api/codes")
                                .path("release")
                                .path("released")
                                .asInt())
                        .isEqualTo(2);
                // Back to the first revision: what is out is out, what waits goes on waiting.
                admin().post("/api/configuration/apply", Map.of("revision", 1));
                send(plan.port, "A5", "HB");
                await().atMost(WITHIN).until(() -> archive.count() == 6);
                assertThat(admin().get("/api/codes").path("codes")).hasSize(2);
                apply();
                await().atMost(WITHIN).until(() -> lis.count() == 5);
                assertThat(ids(lis)).endsWith("A5");
                assertThat(ids(archive)).containsExactly("A1", "B1", "A2", "A3", "A4", "A5");
                assertThat(engine.log()).contains("released").doesNotContain("20447");
            }
        }
    }

    @Test
    @DisplayName("F2 P2 P4 kill -9 in the middle of a release: nothing is lost, nothing released twice")
    void shouldGoOnReleasingWhenKilledInTheMiddle() throws Exception {
        int count = 300;
        try (RecordingSink lis = new RecordingSink();
                RecordingSink archive = new RecordingSink()) {
            EngineProcess.Plan plan = plan(lis, archive, "");
            List<String> sent = new ArrayList<>();
            try (EngineProcess engine = plan.start()) {
                for (int n = 0; n < count; n++) {
                    sent.add("A" + n);
                    send(plan.port, "A" + n, "HB");
                }
                tables(HB);
                lis.beforeAnswer(received -> {
                    if (received == 3) {
                        engine.kill();
                    }
                });
                applyQuietly();
                await().atMost(WITHIN).until(() -> !engine.isAlive());
            }
            lis.beforeAnswer(received -> {});
            try (EngineProcess engine = plan.start()) {
                await().atMost(WITHIN).until(() -> lis.controlIds().size() == count);
                await().atMost(WITHIN)
                        .until(() -> admin().get("/api/codes").path("codes").isEmpty());
                assertThat(engine.log()).as("it was killed in the middle").contains("waited for");
                assertThat(lis.controlIds()).containsExactlyElementsOf(sent);
                assertThat(lis.count())
                        .as("only what was outstanding is repeated")
                        .isLessThanOrEqualTo(count + 3);
                JsonNode messages =
                        admin().get("/api/messages?destination=lis&limit=1000").path("messages");
                List<Long> origins = new ArrayList<>();
                messages.forEach(message -> {
                    if (message.path("originId").asLong() != 0) {
                        origins.add(message.path("originId").asLong());
                    }
                });
                assertThat(origins).hasSize(count);
                assertThat(new HashSet<>(origins)).as("released twice").hasSize(count);
                assertThat(admin().get("/api/dead-letters?state=HELD").path("deliveries"))
                        .isEmpty();
                assertThat(engine.isAlive()).isTrue();
            }
        }
    }

    @Test
    @DisplayName("P2 what no route took or a mapping failed on goes out once the configuration is mended, never raw")
    void shouldPlanHeldDeliveriesAgainWhenAnOperatorAsks() throws Exception {
        try (RecordingSink lis = new RecordingSink();
                RecordingSink archive = new RecordingSink()) {
            EngineProcess.Plan plan = plan(lis, archive, "when: \"msg.type == 'ADT'\", ");
            mapping("  - {fail: 'not yet'}\n");
            try (EngineProcess engine = plan.start()) {
                send(plan.port, "A1", "HB");
                admin().post("/api/configuration/apply", Map.of("directory", config().toString()));
                assertThat(admin().get("/api/dead-letters?state=HELD").path("deliveries"))
                        .extracting(delivery -> delivery.path("destination").asText())
                        .containsExactly("(no route)");
                assertThat(reprocess(1).path("stillHeld").toString()).contains("no route that takes this message");

                plan.config(configuration(plan, lis, archive, ""));
                apply();
                JsonNode routed = reprocess(1);
                assertThat(routed.path("released").asInt()).isEqualTo(1);
                await().atMost(WITHIN).until(() -> archive.count() == 1);
                JsonNode held = admin().get("/api/dead-letters?state=HELD").path("deliveries");
                assertThat(held).hasSize(1);
                long delivery = held.get(0).path("id").asLong();
                long message = held.get(0).path("messageId").asLong();
                assertThat(held.get(0).path("detail").asText()).contains("not yet");

                JsonNode raw = admin().post(
                                "/api/messages/" + message + "/resend",
                                Map.of("deliveries", List.of(delivery), "reason", "the test asks"));
                assertThat(raw.path("message").asText()).contains("reprocess");
                assertThat(reprocess(message).path("stillHeld").toString()).contains("not yet");

                mapping("");
                tables(HB);
                apply();
                assertThat(reprocess(message).path("released").asInt()).isEqualTo(1);
                await().atMost(WITHIN).until(() -> lis.count() == 1);
                assertThat(text(lis.received().get(0))).contains("718-7^^LN");
                assertThat(archive.count()).isEqualTo(1);
                assertThat(reprocess(message).path("message").asText()).contains("is held");
                assertThat(engine.isAlive()).isTrue();
            }
        }
    }

    private EngineProcess.Plan plan(RecordingSink lis, RecordingSink archive, String when) throws IOException {
        EngineProcess.Plan plan = new EngineProcess.Plan(directory).admin(adminPort);
        plan.config(configuration(plan, lis, archive, when));
        tables("");
        mapping("");
        return plan;
    }

    private String configuration(EngineProcess.Plan plan, RecordingSink lis, RecordingSink archive, String when) {
        return """
                engine: codes
                store: {embedded: {path: "%s"}}
                admin: {listen: "127.0.0.1:%d"}
                shutdown: {drain: 5s}
                listeners:
                  in: {mllp: {port: %d, host: 127.0.0.1}, accept: {onNoRoute: hold}}
                  other: {mllp: {port: %d, host: 127.0.0.1}}
                tables:
                  tests: {file: tables/tests.csv}
                routes:
                  labs: {%smap: [mappings/lab.yaml], to: [lis]}
                  all: {%sto: [archive]}
                destinations:
                  lis: {mllp: {host: 127.0.0.1, port: %d}, retry: {first: 50ms, max: 100ms}}
                  archive: {mllp: {host: 127.0.0.1, port: %d}}
                """.formatted(plan.data(), adminPort, plan.port, otherPort, when, when, lis.port(), archive.port());
    }

    private void tables(String rows) throws IOException {
        Files.createDirectories(config().resolve("tables"));
        Files.writeString(config().resolve("tables/tests.csv"), "code,system,target,targetSystem\nZZ,L,1,LN\n" + rows);
    }

    private void mapping(String first) throws IOException {
        Files.createDirectories(config().resolve("mappings"));
        Files.writeString(
                config().resolve("mappings/lab.yaml"),
                "mapping: lab\nsteps:\n" + first + "  - {translate: OBX-3, table: tests}\n");
    }

    private static void send(int port, String controlId, String code) throws IOException {
        String text = "MSH|^~\\&|EHR|QMMH|LIS|NRL|20261122101500||ORU^R01^ORU_R01|" + controlId + "|P|2.5.1\r"
                + "PID|1||4711^^^QMMH||Thabane^Lerato||19900101|F\rOBX|1|NM|" + code + "^^L||1\r";
        assertThat(Facility.send(port, text.getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("AA");
    }

    private static List<String> ids(RecordingSink sink) {
        return sink.received().stream()
                .map(message -> Frames.field(message, "MSH", 10))
                .toList();
    }

    private static String text(byte[] message) {
        return new String(message, StandardCharsets.US_ASCII);
    }

    private Path config() {
        return directory.resolve("config");
    }

    private void apply() throws Exception {
        JsonNode outcome = admin().post("/api/configuration/apply", Map.of("directory", config().toString()));
        assertThat(outcome.path("applied").asBoolean()).as("%s", outcome).isTrue();
    }

    private void applyQuietly() {
        try {
            apply();
        } catch (Exception | AssertionError e) {
            // The engine may be killed before it answers.
            return;
        }
    }

    private JsonNode reprocess(long message) throws Exception {
        return admin().post("/api/messages/" + message + "/reprocess", Map.of("reason", "the test asks"));
    }

    private AdminApi admin() {
        return new AdminApi(directory.resolve("data"), adminPort);
    }
}
