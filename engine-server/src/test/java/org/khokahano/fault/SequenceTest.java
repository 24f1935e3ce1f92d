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
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sequence numbers (2.10.1) against an engine in a process of its own, over raw sockets. */
@Tag("crash")
class SequenceTest {

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
                engine: numbered
                store: {embedded: {path: "%s"}}
                admin: {listen: "127.0.0.1:%d"}
                listeners: {in: {mllp: {port: %d, host: 127.0.0.1}, accept: {%s}}}
                routes: {all: {from: [in], to: [lis]}}
                destinations:
                  lis:
                    mllp: {host: 127.0.0.1, port: %d, ackTimeout: 2s}
                    retry: {first: 50ms, max: 100ms}
                    %s
                """.formatted(plan.data(), admin().port, plan.port, accept, partner, destination));
        return plan;
    }

    private static String message(String id, String number) {
        return "MSH|^~\\&|EHR|QMMH|LIS|NRL|20261122101500||ADT^A01^ADT_A01|" + id + "|P|2.5.1|" + number
                + "\rEVN|A01|20261122101500\rPID|1||LS-7||Thabane^Lerato\rPV1|1|I\r";
    }

    /** An MSH alone (R37). */
    private static String start(String id, String number) {
        return "MSH|^~\\&|EHR|QMMH|LIS|NRL|20261122101500||ADT^A01^ADT_A01|" + id + "|P|2.5.1|" + number + "\r";
    }

    private static String exchange(int port, String message) throws IOException {
        try (Socket socket = Facility.open(port)) {
            Frames.write(socket.getOutputStream(), message.getBytes(StandardCharsets.ISO_8859_1));
            return new String(
                    Frames.read(new BufferedInputStream(socket.getInputStream())), StandardCharsets.ISO_8859_1);
        }
    }

    private static String answer(String acknowledgement) {
        return field(acknowledgement, "MSA", 1) + ' ' + field(acknowledgement, "MSA", 4);
    }

    @Test
    @DisplayName("R33 R34 R35 R37 A listener keeps the last number: 0 asks for it, -1 throws it away, kill -9 does not")
    void shouldKeepTheNumberAcceptedLastWhenKilled() throws Exception {
        try (ScriptedReceiver lis = new ScriptedReceiver(message -> ack(message, "AA", ""))) {
            EngineProcess.Plan plan = plan(lis.port(), "sequence: {}", "");
            String first = message("M7", "7");
            String acknowledgement;
            try (EngineProcess engine = plan.start()) {
                assertThat(answer(exchange(plan.port, start("S1", "0")))).isEqualTo("AA -1");
                acknowledgement = exchange(plan.port, first);
                assertThat(answer(acknowledgement)).isEqualTo("AA 7");
                assertThat(answer(exchange(plan.port, start("S2", "0")))).isEqualTo("AA 8");
                assertThat(answer(exchange(plan.port, message("M9", "9")))).isEqualTo("AR 8");
                assertThat(answer(exchange(plan.port, message("M8", "8")))).isEqualTo("AA 8");
                engine.kill();
            }
            try (EngineProcess engine = plan.start()) {
                assertThat(exchange(plan.port, first))
                        .as("the stored acknowledgement, byte for byte (R57)")
                        .isEqualTo(acknowledgement);
                assertThat(answer(exchange(plan.port, start("S3", "0")))).isEqualTo("AA 9");
                assertThat(answer(exchange(plan.port, message("M7b", "7")))).isEqualTo("AR 9");
                assertThat(answer(exchange(plan.port, start("S4", "-1")))).isEqualTo("AA -1");
                engine.kill();
            }
            try (EngineProcess engine = plan.start()) {
                assertThat(answer(exchange(plan.port, message("M500", "500")))).isEqualTo("AA 500");
                assertThat(answer(exchange(plan.port, start("S5", "0")))).isEqualTo("AA 501");
                // What was out when it was killed may go twice (P4), so that only ids are counted.
                await().atMost(WITHIN).until(() -> lis.controlIds().size() == 3);
                assertThat(admin().text("/api/sequences")).contains("\"sender\":\"EHR|QMMH\"", "\"next\":501");
                assertThat(admin().post(
                                        "/api/sequences",
                                        Map.of("listener", "in", "sender", "EHR|QMMH", "next", 9, "reason", "agreed"))
                                .path("next")
                                .asInt())
                        .isEqualTo(9);
                assertThat(answer(exchange(plan.port, message("M9", "9")))).isEqualTo("AA 9");
                assertThat(admin().post(
                                        "/api/sequences/remove",
                                        Map.of("listener", "in", "sender", "EHR|QMMH", "reason", "replaced"))
                                .path("number")
                                .asInt())
                        .isEqualTo(9);
                assertThat(admin().text("/api/sequences")).doesNotContain("EHR|QMMH");
                assertThat(answer(exchange(plan.port, start("S6", "0")))).isEqualTo("AA -1");
                assertThat(engine.isAlive()).isTrue();
            }
            assertThat(lis.controlIds())
                    .as("nothing that only starts a link is routed")
                    .isSubsetOf("M7", "M8", "M500", "M9");
        }
    }

    @Test
    @DisplayName("R18 R37 In enhanced mode a wrong number is CE; each sender has its own; content with 0 is kept")
    void shouldAnswerInTheModeOfTheMessage() throws Exception {
        try (ScriptedReceiver lis = new ScriptedReceiver(message -> ack(message, "AA", ""))) {
            EngineProcess.Plan plan = plan(lis.port(), "sequence: {unnumbered: reject}", "");
            try (EngineProcess engine = plan.start()) {
                String enhanced = message("E1", "3||AL|NE");
                assertThat(answer(exchange(plan.port, enhanced))).isEqualTo("CA 3");
                String wrong = exchange(plan.port, message("E2", "3||AL|NE"));
                assertThat(answer(wrong)).isEqualTo("CE 4");
                assertThat(field(wrong, "ERR", 2)).isEqualTo("MSH^1^13");
                assertThat(answer(exchange(plan.port, message("E3", "1").replace("|EHR|", "|RIS|"))))
                        .isEqualTo("AA 1");
                assertThat(answer(exchange(plan.port, message("E4", "")))).isEqualTo("AE ");
                assertThat(answer(exchange(plan.port, message("E5", "three")))).isEqualTo("AE ");
                assertThat(answer(exchange(plan.port, message("E6", "0")))).isEqualTo("AA 4");
                await().atMost(WITHIN)
                        .until(() -> admin().text("/api/quarantine").contains("linkContent"));
                assertThat(engine.isAlive()).isTrue();
            }
            await().atMost(WITHIN).until(() -> lis.received().size() == 2);
        }
    }

    /** A partner as the standard has it: takes the number that comes next, and says which that is. */
    private static String byTheBook(String message, AtomicLong last) {
        long number = Long.parseLong(field(message, "MSH", 13));
        if (number == 0) {
            return ack(message, "AA", last.get() == 0 ? "-1" : Long.toString(last.get() + 1));
        }
        if (number == -1) {
            last.set(0);
            return ack(message, "AA", "-1");
        }
        if (last.get() != 0 && number != last.get() + 1) {
            return ack(message, "AE", Long.toString(last.get() + 1));
        }
        last.set(number);
        return ack(message, "AA", Long.toString(number));
    }

    @Test
    @DisplayName("R36 R30 A lost acknowledgement and a kill -9 repeat a number with the same bytes, and nothing twice")
    void shouldGoOnWhereItWasWhenAcknowledgementsAreLost() throws Exception {
        AtomicLong last = new AtomicLong();
        try (ScriptedReceiver lis = new ScriptedReceiver(message -> byTheBook(message, last))) {
            EngineProcess.Plan plan = plan(lis.port(), "", "sequence: {first: 41}");
            try (EngineProcess engine = plan.start()) {
                exchange(plan.port, message("A1", "77"));
                await().atMost(WITHIN).until(() -> last.get() == 41);
                assertThat(lis.numbers()).containsExactly("0", "41");
                assertThat(lis.received().get(0)).as("R37: an MSH alone").doesNotContain("PID");
                // Stored, and the connection ends before the acknowledgement.
                lis.follow(message -> {
                    lis.follow(next -> byTheBook(next, last));
                    byTheBook(message, last);
                    return null;
                });
                exchange(plan.port, message("A2", ""));
                await().atMost(WITHIN).until(() -> lis.numbers().size() == 4);
                assertThat(lis.numbers()).endsWith("42", "42");
                assertThat(lis.received().get(3)).isEqualTo(lis.received().get(2));
                exchange(plan.port, message("A3", ""));
                await().atMost(WITHIN).until(() -> last.get() == 43);
                // Stored, and nothing comes back: the engine is killed while it waits.
                lis.follow(message -> {
                    byTheBook(message, last);
                    return "";
                });
                exchange(plan.port, message("A4", ""));
                await().atMost(WITHIN).until(() -> last.get() == 44);
                engine.kill();
            }
            lis.follow(message -> byTheBook(message, last));
            int before = lis.received().size();
            try (EngineProcess engine = plan.start()) {
                exchange(plan.port, message("A5", ""));
                await().atMost(WITHIN).until(() -> last.get() == 45);
                assertThat(lis.numbers().subList(before, lis.numbers().size())).containsExactly("0", "45");
                assertThat(field(lis.received().get(before + 1), "MSH", 10)).isEqualTo("A5");
                assertThat(admin().text("/api/dead-letters")).doesNotContain("lis");
                assertThat(engine.isAlive()).isTrue();
            }
        }
    }

    @Test
    @DisplayName("R36 A number that fits neither freezes the lane with the reason; an operator sets it and goes on")
    void shouldFreezeWhenTheNumberDoesNotFit() throws Exception {
        AtomicLong last = new AtomicLong(9);
        try (ScriptedReceiver lis = new ScriptedReceiver(message -> byTheBook(message, last))) {
            EngineProcess.Plan plan = plan(lis.port(), "", "sequence: {}");
            try (EngineProcess engine = plan.start()) {
                exchange(plan.port, message("B1", ""));
                await().atMost(WITHIN).until(() -> last.get() == 10);
                last.set(7);
                exchange(plan.port, message("B2", ""));
                await().atMost(WITHIN)
                        .until(() -> admin().text("/api/destinations/lis").contains("HELD"));
                assertThat(lis.numbers()).as("asked again once").containsExactly("0", "10", "11", "0");
                assertThat(admin().text("/api/destinations/lis")).contains("expects sequence number 8");
                engine.kill();
            }
            try (EngineProcess engine = plan.start()) {
                await().atMost(WITHIN)
                        .until(() -> admin().text("/api/destinations/lis").contains("HELD"));
                assertThat(admin().post("/api/sequences", Map.of("destination", "lis", "next", 8, "reason", "restored"))
                                .path("next")
                                .asInt())
                        .isEqualTo(8);
                admin().post("/api/destinations/lis/resume", Map.of("reason", "set"));
                await().atMost(WITHIN).until(() -> last.get() == 8);
                last.set(99);
                exchange(plan.port, message("B3", ""));
                await().atMost(WITHIN)
                        .until(() -> admin().text("/api/destinations/lis").contains("HELD"));
                assertThat(admin().post(
                                        "/api/sequences",
                                        Map.of("destination", "lis", "resynchronise", true, "reason", "r"))
                                .toString())
                        .contains("RESYNCHRONISE");
                admin().post("/api/destinations/lis/resume", Map.of("reason", "set"));
                await().atMost(WITHIN).until(() -> last.get() == 9);
                assertThat(lis.numbers()).endsWith("-1", "9");
                assertThat(engine.isAlive()).isTrue();
            }
        }
    }
}
