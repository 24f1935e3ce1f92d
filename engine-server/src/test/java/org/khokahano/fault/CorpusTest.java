package org.khokahano.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.message.batch.BatchInput;

@Tag("crash")
class CorpusTest {

    @TempDir
    private Path directory;

    private final Set<String> sent = new HashSet<>();
    private final Map<String, String> acknowledged = new TreeMap<>();
    private final Map<String, byte[]> refused = new TreeMap<>();
    private final Map<String, String> unanswered = new TreeMap<>();
    private @Nullable Socket socket;
    private int probes;

    @Test
    @DisplayName("R50 P2 public messages: each that is acknowledged arrives byte for byte, the rest has a reason")
    void shouldForwardPublicMessagesByteForByte() throws IOException {
        Optional<Path> archive = Corpus.archive();
        assumeTrue(archive.isPresent(), "skipped: the public corpus is not here; set KHOKA_CORPUS to its directory");
        Map<String, byte[]> messages = Corpus.messages(archive.orElseThrow());
        assertThat(messages).hasSizeGreaterThan(1_000);
        try (RecordingSink sink = new RecordingSink()) {
            EngineProcess.Plan plan = new EngineProcess.Plan(directory).config(positional(sink.port()));
            try (EngineProcess engine = plan.start()) {
                for (Map.Entry<String, byte[]> message : messages.entrySet()) {
                    if (canBeFramed(message.getValue())) {
                        send(plan.port, message.getKey(), message.getValue());
                    }
                }
                Awaitility.await("everything acknowledged to arrive")
                        .atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(200))
                        .until(() -> texts(sink.received()).containsAll(acknowledged.values()));
                engine.terminate();
                assertThat(engine.awaitExit()).isZero();
            }
            assertThat(texts(sink.received())).as("nothing that was not sent").isSubsetOf(sent);
            assertThat(refused.entrySet())
                    .allSatisfy(refusal -> assertThat(reason(refusal.getValue()))
                            .as(refusal.getKey())
                            .isNotEmpty());
            System.out.println(acknowledged.size() + " acknowledged and forwarded unchanged, " + refused.size()
                    + " refused with a reason, " + unanswered.size() + " wanted no answer");
            assertThat(unanswered)
                    .as("R19, R32 silence only where MSH-15 asks for it, and to acknowledgements")
                    .allSatisfy((name, wanted) -> {
                        assertThat(wanted).as(name).isIn("NE", "ER", "SU", "R32");
                    });
            assertThat(acknowledged.size()).isGreaterThan(messages.size() * 3 / 4);
        } finally {
            disconnect();
        }
    }

    /**
     * Sends a message, and behind it one that is always answered: what is answered before that one is
     * the message's own answer, and where nothing is, its sender wanted none.
     */
    private void send(int port, String name, byte[] message) throws IOException {
        byte[] probe = Facility.message("PROBE" + ++probes, "P" + probes % 7, 200);
        contained(message).forEach(each -> sent.add(text(each)));
        sent.add(text(probe));
        Socket open = socket;
        if (open == null) {
            open = Facility.open(port);
            socket = open;
        }
        try {
            Frames.write(open.getOutputStream(), message);
            Frames.write(open.getOutputStream(), probe);
            InputStream in = new BufferedInputStream(open.getInputStream());
            byte[] answer = Frames.read(in);
            if (isFor(probe, answer)) {
                noteSilence(name, message);
                return;
            }
            note(name, message, answer);
            assertThat(isFor(probe, Frames.read(in)))
                    .as("%s has one answer", name)
                    .isTrue();
        } catch (EOFException closed) {
            disconnect();
        }
    }

    /** The messages of a batch, or the message itself. */
    private static List<byte[]> contained(byte[] message) {
        return BatchInput.isBatch(message)
                ? BatchInput.read(message).batches().stream()
                        .flatMap(batch -> batch.messages().stream())
                        .toList()
                : List.of(message);
    }

    private void note(String name, byte[] message, byte[] answer) {
        if (BatchInput.isBatch(answer)) {
            noteBatch(name, contained(message), contained(answer));
            return;
        }
        String code = Frames.field(answer, "MSA", 1);
        if (code.equals("AA") || code.equals("CA")) {
            acknowledged.put(name, text(message));
        } else {
            refused.put(name, answer);
        }
    }

    /** R44: the answers stand in the order of the messages; those that want none have none. */
    private void noteBatch(String name, List<byte[]> messages, List<byte[]> answers) {
        int next = 0;
        for (byte[] answer : answers) {
            while (next < messages.size() && !isFor(messages.get(next), answer)) {
                next++;
            }
            assertThat(next).as("%s: an answer to none of its messages", name).isLessThan(messages.size());
            note(name + '#' + next, messages.get(next), answer);
            next++;
        }
    }

    /** R19: silence to MSH-15 = ER says that the message was accepted. */
    private void noteSilence(String name, byte[] message) {
        // A byte order mark or a second start may stand before MSH (R12).
        byte[] fromHeader =
                text(message).substring(text(message).indexOf("MSH")).getBytes(StandardCharsets.ISO_8859_1);
        if (isAcknowledgement(fromHeader)) {
            unanswered.put(name, "R32");
            return;
        }
        String wanted = Frames.field(fromHeader, "MSH", 15);
        unanswered.put(name, wanted);
        if (wanted.equals("ER")) {
            acknowledged.put(name, text(message));
        }
    }

    /** R32: an acknowledgement is never acknowledged; some come without MSH-9. */
    private static boolean isAcknowledgement(byte[] message) {
        String type = Frames.field(message, "MSH", 9);
        boolean untyped = type.isEmpty() || type.startsWith("^");
        return type.matches("(ACK|MCF)\\b.*") || untyped && text(message).matches("(?s).*[\r\n]MSA.*");
    }

    private static boolean isFor(byte[] probe, byte[] answer) {
        return Frames.field(answer, "MSA", 2).equals(Frames.field(probe, "MSH", 10));
    }

    /** ERR-3 and ERR-8 from 2.5 on, ERR-1 or MSA-3 before (R24). */
    private static String reason(byte[] answer) {
        return Frames.field(answer, "ERR", 8)
                + Frames.field(answer, "ERR", 3)
                + Frames.field(answer, "ERR", 1)
                + Frames.field(answer, "MSA", 3);
    }

    private void disconnect() throws IOException {
        Socket open = socket;
        socket = null;
        if (open != null) {
            open.close();
        }
    }

    /** MLLP has no way to carry its own control bytes. */
    private static boolean canBeFramed(byte[] message) {
        for (byte b : message) {
            if (b == 0x0B || b == 0x1C) {
                return false;
            }
        }
        return true;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static Set<String> texts(List<byte[]> messages) {
        Set<String> texts = new HashSet<>();
        messages.forEach(message -> texts.add(text(message)));
        return texts;
    }

    private static String positional(int port) {
        return """
                engine: corpus
                store: {embedded: {path: "${env:KHOKA_DATA}"}}
                admin: {listen: "127.0.0.1:${env:RELAY_ADMIN}"}
                listeners: {in: {mllp: {port: "${env:RELAY_IN}"}}}
                routes: {relay: {from: [in], to: [out]}}
                destinations:
                  out:
                    mllp: {host: 127.0.0.1, port: %d, match: positional}
                    order: {key: PID-3.1, lanes: 4}
                """.formatted(port);
    }
}
