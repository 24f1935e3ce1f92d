package org.khokahano.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("crash")
class ConformanceCrashTest {

    private static final Duration WITHIN = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final int adminPort = EngineProcess.freePort();

    @Test
    @DisplayName(
            "kill -9: what was written of validation's counts stays, counts go on, and nothing is counted twice; rules for"
                    + " what was seen before are made at the start")
    void shouldKeepWhatWasCountedWhenKilled() throws Exception {
        try (RecordingSink lis = new RecordingSink()) {
            EngineProcess.Plan plan = new EngineProcess.Plan(directory).admin(adminPort);
            plan.config("""
                    engine: counted
                    store: {embedded: {path: "%s"}}
                    admin: {listen: "127.0.0.1:%d"}
                    validation: {national: {}}
                    listeners:
                      in: {mllp: {port: %d, host: 127.0.0.1}, validate: {with: national, onError: warn}}
                    routes:
                      all: {to: [lis]}
                    destinations:
                      lis: {mllp: {host: 127.0.0.1, port: %d}, retry: {first: 50ms, max: 100ms}}
                    """.formatted(plan.data(), adminPort, plan.port, lis.port()));
            long before;
            long whole;
            try (EngineProcess engine = plan.start()) {
                send(plan.port, 0, 10);
                await().atMost(WITHIN).until(() -> messages() == 10);
                send(plan.port, 10, 20);
                before = messages();
                engine.kill();
            }
            try (EngineProcess engine = plan.start()) {
                await().atMost(WITHIN)
                        .until(() -> engine.log().contains("validation is prepared for what 3 messages are"));
                long kept = messages();
                assertThat(kept).isBetween(before, 30L);
                send(plan.port, 30, 5);
                await().atMost(WITHIN).until(() -> messages() == kept + 5);
                JsonNode kind = admin().get("/api/conformance?facility=QMMH")
                        .path("kinds")
                        .get(0);
                assertThat(kind.path("place").asText()).isEqualTo("PV1-2");
                assertThat(kind.path("latestId").asLong()).isEqualTo(35);
                assertThat(kind.path("messages").asLong()).isEqualTo(kept + 5);
                send(plan.port, 35, 1);
                whole = kept + 6;
                engine.terminate();
                assertThat(engine.awaitExit()).isZero();
            }
            try (EngineProcess engine = plan.start()) {
                assertThat(engine.isAlive()).isTrue();
                assertThat(messages()).as("an orderly stop loses nothing").isEqualTo(whole);
            }
        }
    }

    private static void send(int port, int first, int count) throws Exception {
        for (int n = first; n < first + count; n++) {
            String text = "MSH|^~\\&|EHR|QMMH|LIS|NRL|20261122101500||ADT^A01^ADT_A01|C" + n + "|P|2.5.1\r"
                    + "EVN||20261123\rPID|1||4711^^^QMMH||Thabane^Lerato||19900101|F\rPV1|1|\r";
            assertThat(Facility.send(port, text.getBytes(StandardCharsets.US_ASCII)))
                    .isEqualTo("AA");
        }
    }

    private long messages() throws Exception {
        return admin().get("/api/conformance")
                .path("sources")
                .path(0)
                .path("whole")
                .path("messages")
                .asLong();
    }

    private AdminApi admin() {
        return new AdminApi(directory.resolve("data"), adminPort);
    }
}
