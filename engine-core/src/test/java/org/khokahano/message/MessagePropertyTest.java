package org.khokahano.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class MessagePropertyTest {
    private static final int ROUNDS = 5_000;
    private static final String[] NAMES = {"PID", "OBX", "OBX", "ZPD", "PV1", "Z", "obx"};
    private static final String[] ENDS = {"\r", "\r", "\r", "\n", "\r\n", "\r\r"};
    private static final String[] DELIMITERS = {"|^~\\&", "|^~\\&#", "#!@%*", "|^~", "$|;\\,"};
    private static final String[] LEAVES = {"", "", "\"\"", "a", "\u00E9\u0080", "x y", "\\E\\", "\n"};

    @Test
    @DisplayName("The index finds in random messages what splitting finds, and edits nothing else")
    void shouldAgreeWithTheSlowReader() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            String text = message(random);
            Message message = Samples.message(text);
            String what = "seed " + seed + " round " + round;
            SlowReader slow = new SlowReader(message.bytes(), message.delimiters());
            ReaderComparison.compare(what, message, slow, StandardCharsets.ISO_8859_1);
            editAndRead(what, random, message);
        }
    }

    private static void editAndRead(String what, Random random, Message message) {
        MessagePath path = path(random, message.delimiters());
        boolean escapes = message.delimiters().escape() != Delimiters.NONE;
        String value = (escapes ? leaf(random) : "v") + random.nextInt(100);
        Message edited = message.edit().set(path, value).apply();
        assertThat(edited.get(path)).as("%s %s", what, path).isEqualTo(value);
        ReaderComparison.sameBytesElsewhere(what + " " + path, message, edited);
        Message emptied = edited.edit().remove(path).apply();
        if (path.depth() != 2) {
            // Where a whole repetition went, the next one has taken its number.
            assertThat(emptied.presence(path)).as("%s %s", what, path).isNotEqualTo(Presence.VALUED);
        }
        Message again = edited.edit().set(path, value).apply();
        assertThat(again).as(what).isSameAs(edited);
    }

    private static MessagePath path(Random random, Delimiters delimiters) {
        String segment = NAMES[random.nextInt(5)];
        StringBuilder path = new StringBuilder(segment);
        path.append("[").append(1 + random.nextInt(3)).append("]-").append(1 + random.nextInt(9));
        if (random.nextBoolean()) {
            path.append("[").append(1 + random.nextInt(3)).append("]");
        }
        if (random.nextBoolean()) {
            path.append(".").append(1 + random.nextInt(4));
            if (delimiters.subcomponent() >= 0 && random.nextBoolean()) {
                path.append(".").append(1 + random.nextInt(3));
            }
        }
        return MessagePath.parse(path.toString());
    }

    private static String message(Random random) {
        String delimiters = DELIMITERS[random.nextInt(DELIMITERS.length)];
        String end = ENDS[random.nextInt(ENDS.length)];
        boolean mixed = random.nextInt(4) == 0;
        char field = delimiters.charAt(0);
        StringBuilder text = new StringBuilder();
        text.append(List.of("", "", "", "\u000B", "\r\n").get(random.nextInt(5)));
        text.append("MSH").append(delimiters);
        for (int i = 3; i < 19; i++) {
            text.append(field).append(i == 18 ? "8859/1" : "m" + i);
        }
        for (int i = random.nextInt(7); i >= 0; i--) {
            text.append(mixed ? ENDS[random.nextInt(ENDS.length)] : end);
            text.append(NAMES[random.nextInt(NAMES.length)]);
            for (int j = random.nextInt(8); j > 0; j--) {
                text.append(field);
                field(text, random, delimiters);
            }
        }
        return text.append(List.of("", end, end, end + "\u001C\r").get(random.nextInt(4)))
                .toString();
    }

    private static void field(StringBuilder text, Random random, String delimiters) {
        for (int i = random.nextInt(6); i >= 0; i--) {
            text.append(leaf(random));
            if (random.nextInt(3) == 0) {
                text.append(delimiters.charAt(1 + random.nextInt(2)));
            } else if (random.nextInt(4) == 0 && delimiters.length() > 4) {
                text.append(delimiters.charAt(4));
            }
        }
    }

    private static String leaf(Random random) {
        return LEAVES[random.nextInt(LEAVES.length)];
    }
}
