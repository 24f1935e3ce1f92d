package org.khokahano.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peers that are half open, and one that sends nothing but rubbish. */
@Tag("crash")
class PeerFaultTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    @DisplayName("F10 R27 R29 a partner that goes half open: closed at the time-out, sent again, nothing lost")
    void shouldGiveUpAPartnerThatIsHalfOpen() throws IOException {
        try (RecordingSink sink = new RecordingSink();
                StallingProxy proxy = new StallingProxy(sink.port())) {
            EngineProcess.Plan plan = new EngineProcess.Plan(directory).config(withTimeouts(proxy.port()));
            try (EngineProcess engine = plan.start();
                    Facility facility = new Facility(plan.port, 300)) {
                AtomicInteger stalled = new AtomicInteger();
                facility.afterAnswer(count -> {
                    if (count == 100) {
                        stalled.set(proxy.stall());
                    }
                });
                facility.connect(3).awaitDone(LONG);
                Ledgers ledgers = new Ledgers(facility, sink).awaitDelivered(LONG);
                assertThat(stalled.get()).as("connections that went silent").isPositive();
                engine.terminate();
                assertThat(engine.awaitExit()).as(engine.log()).isZero();
                ledgers.check().checkStore(plan.data());
                assertThat(ledgers.repeated()).as("only what was outstanding").hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    @DisplayName("F10 R8 R5 senders that go half open are closed by the idle and the frame time-out, nothing lost")
    void shouldGiveUpSendersThatAreHalfOpen() throws IOException {
        try (RecordingSink sink = new RecordingSink()) {
            EngineProcess.Plan plan = new EngineProcess.Plan(directory).config(withTimeouts(sink.port()));
            try (EngineProcess engine = plan.start();
                    StallingProxy proxy = new StallingProxy(plan.port);
                    Facility facility = new Facility(proxy.port(), 300)) {
                AtomicInteger stalled = new AtomicInteger();
                facility.afterAnswer(count -> {
                    if (count == 100) {
                        stalled.set(proxy.stall());
                    }
                });
                facility.connect(3);
                Awaitility.await("the engine closes what is half open")
                        .atMost(LONG)
                        .until(() -> stalled.get() > 0 && proxy.closedByTarget() == stalled.get());
                proxy.closeSilentClients();
                facility.awaitDone(LONG);
                Ledgers ledgers = new Ledgers(facility, sink).awaitDelivered(LONG);
                engine.terminate();
                assertThat(engine.awaitExit()).as(engine.log()).isZero();
                ledgers.check().checkStore(plan.data());
                assertThat(ledgers.repeated())
                        .as("the resent ones are duplicates")
                        .isEmpty();
            }
        }
    }

    @Test
    @DisplayName("F17 R2 a flood of bad frames and noise is a handful of log lines, and the next message is taken")
    void shouldNotFillTheLogWithAFlood() throws IOException {
        try (RecordingSink sink = new RecordingSink()) {
            EngineProcess.Plan plan = new EngineProcess.Plan(directory).to(sink.port());
            try (EngineProcess engine = plan.start()) {
                flood(plan.port, 2_000);
                assertThat(Facility.send(plan.port, Facility.message("P1.0", "P1", 300)))
                        .isEqualTo("AA");
                assertThat(engine.log().lines().count()).isLessThan(100);
                assertThat(engine.log()).contains("quarantined: noMsh", "outside of a frame skipped");
                engine.terminate();
                assertThat(engine.awaitExit()).isZero();
            }
        }
    }

    private static void flood(int port, int frames) throws IOException {
        byte[] noise = "noise".getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = Facility.open(port)) {
            BufferedInputStream answers = new BufferedInputStream(socket.getInputStream());
            for (int i = 0; i < frames; i++) {
                socket.getOutputStream().write(noise);
                Frames.write(socket.getOutputStream(), ("no message " + i).getBytes(StandardCharsets.US_ASCII));
                assertThat(Frames.field(Frames.read(answers), "MSA", 1)).isEqualTo("AR");
            }
        }
    }

    private static String withTimeouts(int port) {
        return """
                engine: half-open
                store: {embedded: {path: "${env:KHOKA_DATA}"}}
                admin: {listen: "127.0.0.1:${env:RELAY_ADMIN}"}
                listeners: {in: {mllp: {port: "${env:RELAY_IN}", idleTimeout: 2s, frameTimeout: 2s}}}
                routes: {relay: {from: [in], to: [out]}}
                destinations:
                  out:
                    mllp: {host: 127.0.0.1, port: %d, ackTimeout: 1s}
                    retry: {first: 50ms, max: 300ms}
                """.formatted(port);
    }
}
