package org.khokahano.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;
import org.khokahano.message.UnreadableMessageException;

/**
 * Broken frames against a running engine with little memory. More with {@code -Dkhoka.fuzz.frames=100000},
 * the same again with {@code -Dkhoka.fuzz.seed}.
 */
@Tag("crash")
class FuzzedFramesTest {
    private static final int FRAMES = Integer.getInteger("khoka.fuzz.frames", 3_000);
    private static final int FRAMES_A_CONNECTION = 20;
    private static final int HELD_OPEN = 10;
    private static final int LONGEST_FRAME = 64 * 1024;
    private static final MessagePath MSA_1 = MessagePath.parse("MSA-1");
    private static final MessagePath MSA_2 = MessagePath.parse("MSA-2");

    private final long seed = seed();
    private final Random random = new Random(seed);
    private final FrameMutation mutation = new FrameMutation(seed);
    private final Set<String> acknowledged = new HashSet<>();
    private final List<Socket> heldOpen = new ArrayList<>();
    private int probes;
    private int closed;

    @TempDir
    private Path directory;

    @Test
    @DisplayName("R1 R2 R3 R4 R5 R6 P1 P2 broken frames: the engine serves on, and what it acknowledged arrives")
    void shouldServeOnAndLoseNothingThatItAcknowledged() throws IOException {
        try (RecordingSink sink = new RecordingSink()) {
            EngineProcess.Plan plan =
                    new EngineProcess.Plan(directory).config(relay(sink.port())).option("-Xmx96m");
            try (EngineProcess engine = plan.start()) {
                for (int sent = 0; sent < FRAMES; sent += FRAMES_A_CONNECTION) {
                    connection(plan.port, sent);
                    assertThat(engine.isAlive()).as("seed %d", seed).isTrue();
                }
                Awaitility.await("what was acknowledged to arrive, seed " + seed)
                        .atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofMillis(200))
                        .untilAsserted(() -> assertThat(controlIds(sink)).containsAll(acknowledged));
                for (Socket open : heldOpen) {
                    open.close();
                }
                engine.terminate();
                assertThat(engine.awaitExit()).as("seed %d", seed).isZero();
            }
        }
        // Fewer would mean that nothing gets through, more that nothing was broken.
        assertThat(acknowledged.size()).as("seed %d", seed).isBetween(FRAMES / 10, FRAMES);
        System.out.println(FRAMES + " broken frames: " + acknowledged.size() + " acknowledged and arrived, " + closed
                + " connections closed, seed " + seed);
    }

    /** Broken frames, and behind them a message that is as it should be: it is answered, here or on a new one. */
    private void connection(int port, int first) throws IOException {
        String probe = "PROBE" + ++probes;
        try (Socket socket = Facility.open(port)) {
            OutputStream out = socket.getOutputStream();
            for (int i = 0; i < FRAMES_A_CONNECTION; i++) {
                int length = random.nextInt(200) == 0 ? LONGEST_FRAME * 2 : 200 + random.nextInt(600);
                send(out, mutation.of(Facility.message("F" + (first + i), "P" + i % 5, length)));
            }
            Frames.write(out, Facility.message(probe, "P1", 200));
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (!noted(Frames.read(in)).equals(probe)) {
                assertThat(acknowledged.size()).isLessThan(FRAMES * 3);
            }
        } catch (SocketTimeoutException silent) {
            throw new AssertionError("no answer behind frame " + first + ", seed " + seed, silent);
        } catch (IOException endedByTheEngine) {
            closed++;
            assertThat(Facility.send(port, Facility.message(probe, "P1", 200)))
                    .as("seed %d, behind frame %d", seed, first)
                    .isEqualTo("AA");
            acknowledged.add(probe);
        }
        if (heldOpen.size() < HELD_OPEN) {
            Socket unfinished = Facility.open(port);
            unfinished
                    .getOutputStream()
                    .write(("\u000BMSH|" + "x".repeat(LONGEST_FRAME / 2)).getBytes(StandardCharsets.US_ASCII));
            heldOpen.add(unfinished);
        }
    }

    /** The same in each build, so that none fails for what its change has nothing to do with; 0 for any. */
    private static long seed() {
        long wanted = Long.getLong("khoka.fuzz.seed", 1);
        return wanted == 0 ? new Random().nextLong() : wanted;
    }

    private void send(OutputStream out, byte[] bytes) throws IOException {
        // Of some frames nothing is left.
        int piece = Math.min(bytes.length, mutation.piece(bytes.length));
        out.write(bytes, 0, piece);
        out.flush();
        out.write(bytes, piece, bytes.length - piece);
        out.flush();
    }

    /** The MSH-10 that the answer is for. */
    private String noted(byte[] answer) {
        try {
            Message message = Message.read(answer);
            String id = text(message.raw(MSA_2));
            if (message.get(MSA_1).matches("[AC]A")) {
                acknowledged.add(id);
            }
            return id;
        } catch (UnreadableMessageException e) {
            throw new AssertionError("an answer that cannot be read, seed " + seed, e);
        }
    }

    private static Set<String> controlIds(RecordingSink sink) {
        Set<String> ids = new HashSet<>();
        for (byte[] message : sink.received()) {
            try {
                ids.add(text(Message.read(message).header().raw(10)));
            } catch (UnreadableMessageException e) {
                throw new AssertionError("a message that cannot be read was forwarded", e);
            }
        }
        return ids;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String relay(int port) {
        return """
                engine: fuzzed
                store: {embedded: {path: "${env:KHOKA_DATA}"}}
                admin: {listen: "127.0.0.1:${env:RELAY_ADMIN}"}
                listeners: {in: {mllp: {port: "${env:RELAY_IN}", maxFrame: %dB}}}
                routes: {relay: {from: [in], to: [out]}}
                destinations:
                  out:
                    mllp: {host: 127.0.0.1, port: %d, match: positional}
                    order: {key: PID-3.1, lanes: 4}
                """.formatted(LONGEST_FRAME, port);
    }
}
