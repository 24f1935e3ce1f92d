package org.khokahano.message.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What was joined to a batch is what is read from it. The same again with {@code -Dkhoka.batches.seed}. */
@Tag("unit")
class BatchPropertyTest {
    private static final int ROUNDS = 2_000;
    private static final String[] LINES = {"PID|1||7", "OBX|1|ST|a||b^c", "ZPD|\u00E9", "NTE|1||BTS\\R\\FTS", "BTX|1"};

    private final long seed = Long.getLong("khoka.batches.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    @DisplayName("R43 R45 random batches are split into the messages that they were joined from")
    void shouldSplitWhatWasJoined() {
        for (int round = 0; round < ROUNDS; round++) {
            List<String> messages = new ArrayList<>();
            String text = input(messages);
            BatchInput read = BatchInput.read(text.getBytes(StandardCharsets.ISO_8859_1));
            List<String> split = read.batches().stream()
                    .flatMap(batch -> batch.messages().stream())
                    .map(message -> new String(message, StandardCharsets.ISO_8859_1))
                    .toList();
            assertThat(split).as("seed %d round %d", seed, round).isEqualTo(messages);
            assertThat(read.problems()).as("seed %d round %d", seed, round).isEmpty();
        }
    }

    private String input(List<String> messages) {
        String end = List.of("\r", "\n", "\r\n").get(random.nextInt(3));
        StringBuilder text = new StringBuilder();
        boolean file = random.nextBoolean();
        text.append(file ? "FHS|^~\\&|A|B" + end : "");
        int batches = file ? random.nextInt(4) : 1;
        for (int i = 0; i < batches; i++) {
            text.append("BHS|^~\\&|A|B||||||||").append(i).append(end);
            int count = random.nextInt(5);
            for (int j = 0; j < count; j++) {
                String message = message(messages.size(), end);
                messages.add(message);
                text.append(message);
            }
            text.append("BTS|").append(random.nextBoolean() ? count : "").append(end);
        }
        return text.append(file ? "FTS|" + batches + end : "").toString();
    }

    private String message(int number, String end) {
        StringBuilder message = new StringBuilder("MSH|^~\\&|E|Q|||2026||ADT^A01|" + number + "|P|2.5" + end);
        for (int lines = random.nextInt(4); lines > 0; lines--) {
            message.append(LINES[random.nextInt(LINES.length)]).append(end);
        }
        return message.toString();
    }
}
