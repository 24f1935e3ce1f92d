package org.khokahano.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever applied a wrong configuration gets back from it, with every message that it took. */
@Tag("crash")
class WayBackTest {
    private static final Duration WITHIN = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private final int adminPort = EngineProcess.freePort();

    @Test
    @DisplayName(
            "A message that a wrong condition kept from every route goes once the condition is mended, and once only")
    void shouldPlanAgainWhatNoRouteTook() throws Exception {
        try (RecordingSink sink = new RecordingSink()) {
            EngineProcess.Plan plan = plan(sink, "24h", "msg.type == 'ADT'");
            AdminApi api = new AdminApi(plan.data(), adminPort);
            try (EngineProcess engine = plan.start()) {
                assertThat(Facility.send(plan.port, Facility.message("P1.0", "P1", 300)))
                        .isEqualTo("AA");
                assertThat(reprocess(api).path("stillHeld").path(0).path("why").asText())
                        .contains("nothing of this message goes anywhere");
                apply(api, plan, sink, "24h", "msg.type == 'ORU'");

                JsonNode planned = reprocess(api);
                assertThat(planned.path("released").asInt()).as("%s", planned).isEqualTo(1);
                await().atMost(WITHIN).until(() -> sink.count() == 1);
                assertThat(reprocess(api).path("message").asText()).contains("is held");

                assertThat(api.get("/api/messages/1/explanation?reason=test").path("lines"))
                        .as("the revision that is applied can explain, its template too")
                        .isNotEmpty();
                JsonNode before = api.get("/api/messages/1").path("deliveries").path(0);
                assertThat(before.path("destination").asText()).isEqualTo("(no route)");
                assertThat(engine.isAlive()).isTrue();
            }
            assertThat(sink.count()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("A duplicate window that was given up can be taken up again without a restart")
    void shouldTakeUpTheDuplicateWindowAgain() throws Exception {
        try (RecordingSink sink = new RecordingSink()) {
            EngineProcess.Plan plan = plan(sink, "24h", "true");
            AdminApi api = new AdminApi(plan.data(), adminPort);
            try (EngineProcess engine = plan.start()) {
                byte[] message = Facility.message("P1.0", "P1", 300);
                assertThat(Facility.send(plan.port, message)).isEqualTo("AA");
                apply(api, plan, sink, "\"off\"", "true");
                apply(api, plan, sink, "24h", "true");
                assertThat(Facility.send(plan.port, message)).isEqualTo("AA");
                assertThat(Facility.send(plan.port, Facility.message("P2.0", "P2", 300)))
                        .isEqualTo("AA");
                await().atMost(WITHIN).until(() -> sink.count() == 2);
                assertThat(engine.isAlive()).isTrue();
            }
            assertThat(sink.count()).as("the first message is known again").isEqualTo(2);
        }
    }

    @Test
    @DisplayName(
            "What did not change is not told of, and goes on: neither tables nor templates by where their copy lies")
    void shouldTellOfNothingThatDidNotChange() throws Exception {
        try (RecordingSink sink = new RecordingSink()) {
            EngineProcess.Plan plan = plan(sink, "24h", "true");
            AdminApi api = new AdminApi(plan.data(), adminPort);
            try (EngineProcess engine = plan.start()) {
                JsonNode outcome = apply(api, plan, sink, "12h", "true");
                assertThat(outcome.path("changes"))
                        .extracting(JsonNode::asText)
                        .satisfiesExactlyInAnyOrder(
                                change -> assertThat(change).contains("accept.duplicates 24h -> 12h"),
                                change -> assertThat(change).contains("file engine.yaml changes"));
                assertThat(engine.isAlive()).isTrue();
            }
        }
    }

    @Test
    @DisplayName("An engine without a listener is not ready")
    void shouldNotBeReadyWithoutAListener() throws Exception {
        EngineProcess.Plan plan = new EngineProcess.Plan(directory).admin(adminPort);
        plan.config("""
                engine: deaf
                store: {embedded: {path: "%s"}}
                admin: {listen: "127.0.0.1:%d"}
                """.formatted(plan.data(), adminPort));
        try (EngineProcess engine = plan.start()) {
            assertThat(new AdminApi(plan.data(), adminPort).status("/health/ready"))
                    .isEqualTo(503);
            assertThat(engine.isAlive()).isTrue();
        }
    }

    private static JsonNode reprocess(AdminApi api) throws Exception {
        return api.post("/api/messages/1/reprocess", Map.of("reason", "the test asks"));
    }

    private JsonNode apply(AdminApi api, EngineProcess.Plan plan, RecordingSink sink, String duplicates, String when)
            throws Exception {
        plan.config(configuration(plan, sink, duplicates, when));
        JsonNode outcome = api.post(
                "/api/configuration/apply",
                Map.of("directory", directory.resolve("config").toString()));
        assertThat(outcome.path("applied").asBoolean()).as("%s", outcome).isTrue();
        return outcome;
    }

    private EngineProcess.Plan plan(RecordingSink sink, String duplicates, String when) throws IOException {
        EngineProcess.Plan plan = new EngineProcess.Plan(directory).admin(adminPort);
        Files.createDirectory(directory.resolve("lines"));
        plan.config(configuration(plan, sink, duplicates, when));
        Path config = directory.resolve("config");
        Files.writeString(config.resolve("line.txt"), "{MSH-10};{PID-3.1}");
        Files.writeString(config.resolve("sexes.csv"), "code,target\nF,W\n");
        return plan;
    }

    private String configuration(EngineProcess.Plan plan, RecordingSink sink, String duplicates, String when) {
        return """
                engine: back
                store: {embedded: {path: "%s"}}
                admin: {listen: "127.0.0.1:%d"}
                shutdown: {drain: 5s}
                listeners:
                  in: {mllp: {port: %d, host: 127.0.0.1}, accept: {duplicates: %s}}
                tables: {sexes: {file: sexes.csv}}
                formats: {line: {text: {template: line.txt}}}
                routes:
                  one: {when: "%s", to: [partner]}
                  lines: {when: "%s && msg['PID-8'] == 'no such'", to: [lines]}
                destinations:
                  partner: {mllp: {host: 127.0.0.1, port: %d}}
                  lines: {directory: {path: "%s", name: "{deliveryId}.txt"}, format: line}
                """.formatted(
                plan.data(), adminPort, plan.port, duplicates, when, when, sink.port(), directory.resolve("lines"));
    }
}
