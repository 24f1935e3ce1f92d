package org.khokahano.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.khokahano.fault.ScriptedReceiver.ack;
import static org.khokahano.fault.ScriptedReceiver.field;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Application acknowledgements (2.8.3) against an engine in a process of its own, over raw sockets. */
@Tag("crash")
class ApplicationAckTest {

    private static final Duration WITHIN = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private @Nullable AdminApi calls;

    private AdminApi admin() {
        AdminApi known = calls;
        if (known == null) {
            known = new AdminApi(directory.resolve("data"));
            calls = known;
        }
        return known;
    }

    private EngineProcess.Plan plan(int partner, String accept, String destination) {
        EngineProcess.Plan plan = new EngineProcess.Plan(directory).admin(admin().port);
        plan.config("""
                engine: acknowledged
                store: {embedded: {path: "%s"}}
                admin: {listen: "127.0.0.1:%d"}
                listeners: {in: {mllp: {port: %d, host: 127.0.0.1}, accept: {%s}}}
                routes: {all: {from: [in], when: "msg.type == 'ADT'", to: [lis]}}
                destinations:
                  lis:
                    mllp: {host: 127.0.0.1, port: %d}
                    retry: {first: 50ms, max: 100ms}
                    %s
                """.formatted(plan.data(), admin().port, plan.port, accept, partner, destination));
        return plan;
    }

    private static String message(String type, String id, String acceptAck, String applicationAck) {
        return "MSH|^~\\&|EHR|QMMH|LIS|NRL|20261122101500||" + type + "|" + id + "|P|2.5.1|||" + acceptAck + "|"
                + applicationAck + "\rEVN|A01|20261122101500\rPID|1||LS-7||Thabane^Lerato\rPV1|1|I\r";
    }

    private static String admission(String id) {
        return message("ADT^A01^ADT_A01", id, "", "");
    }

    /** The partner's application acknowledgement, as an exchange of its own. */
    private static String applicationAck(String code, String of, String acceptAck) {
        return "MSH|^~\\&|LIS|NRL|EHR|QMMH|20261122101600||ACK^A01^ACK|APP" + of + "|P|2.5.1|||" + acceptAck
                + "|NE\rMSA|" + code + "|" + of + "\r";
    }

    private static String exchange(int port, String message) throws IOException {
        try (Socket socket = Facility.open(port)) {
            Frames.write(socket.getOutputStream(), message.getBytes(StandardCharsets.ISO_8859_1));
            return new String(
                    Frames.read(new BufferedInputStream(socket.getInputStream())), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    @DisplayName("R21 MSH-16 has an application acknowledgement open an exchange of its own, after a kill -9 too")
    void shouldSendTheApplicationAckInAnExchangeOfItsOwn() throws Exception {
        try (ScriptedReceiver back = new ScriptedReceiver(message -> null)) {
            EngineProcess.Plan plan = plan(back.port(), "applicationAckTo: lis, onNoRoute: accept", "");
            try (EngineProcess engine = plan.start()) {
                assertThat(field(exchange(plan.port, message("ORU^R01^ORU_R01", "W1", "AL", "AL")), "MSA", 1))
                        .isEqualTo("CA");
                exchange(plan.port, message("ORU^R01^ORU_R01", "W2", "AL", "ER"));
                exchange(plan.port, message("ORU^R01^ORU_R01", "W3", "AL", "NE"));
                exchange(plan.port, message("ORU^R01^ORU_R01", "W4", "", ""));
                exchange(plan.port, message("ORU^R01^ORU_R01", "W5", "AL", "SU"));
                await().atMost(WITHIN).until(() -> !back.received().isEmpty());
                engine.kill();
            }
            back.follow(message -> ack(message, "CA", ""));
            int before = back.received().size();
            try (EngineProcess engine = plan.start()) {
                await().atMost(WITHIN).until(() -> back.received().size() >= before + 2);
                assertThat(engine.isAlive()).isTrue();
            }
            assertThat(back.received().subList(before, back.received().size()))
                    .extracting(each -> field(each, "MSA", 1) + field(each, "MSA", 2))
                    .containsExactly("AAW1", "AAW5");
            String sent = back.received().get(before);
            assertThat(field(sent, "MSH", 9)).isEqualTo("ACK^R01^ACK");
            assertThat(field(sent, "MSH", 10)).isNotEmpty().isNotEqualTo("W1");
            assertThat(field(sent, "MSH", 15)).isEqualTo("AL");
            assertThat(field(sent, "MSH", 16)).isEqualTo("NE");
            assertThat(back.received().get(0)).as("R30").isEqualTo(sent);
        }
    }

    @Test
    @DisplayName(
            "R21 R32 What is asked for stays pending over a kill -9 until it comes; others are dropped and counted")
    void shouldWaitForApplicationAcksOverAKill() throws Exception {
        try (ScriptedReceiver lis = new ScriptedReceiver(message -> ack(message, "CA", ""))) {
            EngineProcess.Plan plan = plan(lis.port(), "", "applicationAck: {ask: AL}");
            try (EngineProcess engine = plan.start()) {
                exchange(plan.port, admission("D1"));
                exchange(plan.port, admission("D2"));
                exchange(plan.port, admission("D3"));
                await().atMost(WITHIN)
                        .until(() -> admin().text("/api/acks/pending").contains("\"controlId\":\"D3\""));
                assertThat(field(lis.received().get(0), "MSH", 15)).isEqualTo("AL");
                assertThat(field(lis.received().get(0), "MSH", 16)).isEqualTo("AL");
                assertThat(admin().text("/api/messages/1")).contains("AWAITING");
                assertThat(engine.isAlive()).isTrue();
                engine.kill();
            }
            try (EngineProcess engine = plan.start()) {
                assertThat(admin().text("/api/acks/pending")).contains("\"D1\"", "\"D2\"", "\"D3\"");
                String receipt = exchange(plan.port, applicationAck("AA", "D1", "AL"));
                assertThat(field(receipt, "MSA", 1)).isEqualTo("CA");
                assertThat(field(receipt, "MSA", 2)).isEqualTo("APPD1");
                assertThat(admin().text("/api/messages/1")).contains("\"destination\":\"lis\",\"state\":\"DELIVERED\"");
                exchange(plan.port, applicationAck("AE", "D2", "AL"));
                await().atMost(WITHIN)
                        .until(() -> admin().text("/api/dead-letters").contains("\"controlId\":\"D2\""));
                assertThat(admin().text("/api/acks/pending")).contains("\"D3\"").doesNotContain("\"D1\"", "\"D2\"");
                admin().post("/api/deliveries/3/skip", Map.of("reason", "told by telephone"));
                await().atMost(WITHIN)
                        .until(() -> !admin().text("/api/acks/pending").contains("\"D3\""));
                String again = exchange(plan.port, applicationAck("AA", "D1", "AL"));
                assertThat(field(again, "MSA", 1))
                        .as("its sender did not see our CA")
                        .isEqualTo("CA");
                try (Socket socket = Facility.open(plan.port)) {
                    Frames.write(
                            socket.getOutputStream(),
                            applicationAck("AA", "D9", "AL").getBytes(StandardCharsets.ISO_8859_1));
                    await().atMost(WITHIN).until(() -> metrics().contains("reason=\"unsolicitedAck\"} 1"));
                }
                assertThat(metrics())
                        .contains("khoka_application_acks_total{destination=\"lis\",outcome=\"AA\"} 1")
                        .contains("khoka_application_acks_pending{destination=\"lis\"} ");
                assertThat(engine.isAlive()).isTrue();
            }
        }
    }

    @Test
    @DisplayName("R21 What was asked for is still taken after a start with a configuration that asks no more")
    void shouldTakeWhatAnEarlierConfigurationAskedFor() throws Exception {
        try (ScriptedReceiver lis = new ScriptedReceiver(message -> ack(message, "CA", ""))) {
            EngineProcess.Plan asking = plan(lis.port(), "", "applicationAck: {ask: AL}");
            try (EngineProcess engine = asking.start()) {
                exchange(asking.port, admission("D1"));
                await().atMost(WITHIN)
                        .until(() -> admin().text("/api/acks/pending").contains("\"controlId\":\"D1\""));
                assertThat(engine.isAlive()).isTrue();
                engine.kill();
            }
            EngineProcess.Plan plan = plan(lis.port(), "", "");
            try (EngineProcess engine = plan.start()) {
                assertThat(admin().text("/api/acks/pending")).contains("\"D1\"");
                assertThat(field(exchange(plan.port, applicationAck("AA", "D1", "AL")), "MSA", 1))
                        .isEqualTo("CA");
                assertThat(admin().text("/api/messages/1")).contains("\"destination\":\"lis\",\"state\":\"DELIVERED\"");
                assertThat(engine.isAlive()).isTrue();
            }
        }
    }

    private String metrics() throws Exception {
        return admin().text("/metrics");
    }

    @Test
    @DisplayName("R22 An application acknowledgement after the accept acknowledgement on the same connection is taken")
    void shouldTakeApplicationAcksOnTheSameConnection() throws Exception {
        try (ScriptedReceiver lis = new ScriptedReceiver(message -> ack(message, "CA", "")
                + "\u001c\r\u000b"
                + applicationAck(
                        field(message, "MSH", 10).equals("S2") ? "AR" : "AA", field(message, "MSH", 10), ""))) {
            EngineProcess.Plan plan = plan(lis.port(), "", "applicationAck: {ask: SU, AR: done}");
            try (EngineProcess engine = plan.start()) {
                exchange(plan.port, admission("S1"));
                exchange(plan.port, admission("S2"));
                await().atMost(WITHIN)
                        .until(() -> metrics()
                                .contains("khoka_application_acks_total{destination=\"lis\",outcome=\"AR\"} 1"));
                assertThat(admin().text("/api/messages/1")).contains("DELIVERED");
                assertThat(admin().text("/api/messages/2")).contains("DELIVERED", "\"outcome\":\"AR\"");
                assertThat(admin().text("/api/acks/pending")).doesNotContain("controlId");
                assertThat(engine.isAlive()).isTrue();
            }
        }
    }

    @Test
    @DisplayName("R21 R28 What is not acknowledged in time is given up as configured, and the lane goes on meanwhile")
    void shouldGiveUpWhenNoApplicationAckComes() throws Exception {
        try (ScriptedReceiver lis = new ScriptedReceiver(message -> ack(message, "CA", ""))) {
            EngineProcess.Plan plan = plan(lis.port(), "", "applicationAck: {within: 2s}");
            try (EngineProcess engine = plan.start()) {
                exchange(plan.port, admission("T1"));
                exchange(plan.port, admission("T2"));
                await().atMost(WITHIN).until(() -> lis.received().size() == 2);
                await().atMost(WITHIN)
                        .until(() ->
                                admin().text("/api/dead-letters").contains("no application acknowledgement in time"));
                await().atMost(WITHIN)
                        .until(() -> !admin().text("/api/acks/pending").contains("controlId"));
                assertThat(engine.isAlive()).isTrue();
            }
        }
    }
}
