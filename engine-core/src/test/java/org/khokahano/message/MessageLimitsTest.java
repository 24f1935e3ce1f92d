package org.khokahano.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.khokahano.message.Samples.HEADER;
import static org.khokahano.message.Samples.message;
import static org.khokahano.message.Samples.path;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** F13: what is huge takes time in proportion, never in the square of its size. */
@Tag("unit")
class MessageLimitsTest {
    /** Generous: each takes some 50 ms alone; a square of 100,000 would take minutes. */
    private static final Duration BOUND = Duration.ofSeconds(10);

    private static final int MANY = 100_000;

    @Test
    @DisplayName("F13 A field of 10 MB")
    void shouldReadAHugeField() {
        String huge = "x".repeat(10_000_000);
        Message message = message(HEADER + "\rOBX|1|TX|||" + huge + "|u\rZPD|1\r");
        Assertions.assertTimeout(BOUND, () -> {
            assertThat(message.get("OBX-6")).isEqualTo("u");
            assertThat(message.get("OBX-5")).hasSize(huge.length());
            assertThat(message.edit().set("OBX-6", "v").apply().get("ZPD-1")).isEqualTo("1");
            assertThat(message.warnings()).isEmpty();
        });
    }

    @Test
    @DisplayName("F13 100,000 segments, read and edited one by one")
    void shouldReadAndEditManySegments() {
        StringBuilder text = new StringBuilder(HEADER).append('\r');
        for (int i = 1; i <= MANY; i++) {
            text.append("OBX|").append(i).append("|ST|||v\r");
        }
        Message message = message(text.toString());
        Assertions.assertTimeout(BOUND, () -> {
            assertThat(message.count("OBX")).isEqualTo(MANY);
            assertThat(message.all(path("OBX-1"))).hasSize(MANY);
            MessagePath value = path("OBX-5");
            MessageEdit edit = message.edit();
            for (int i = 1; i <= MANY; i++) {
                MessagePath here = value.inOccurrence(i);
                edit.set(here, message.get(here) + i);
            }
            Message edited = edit.apply();
            assertThat(edited.get("OBX[100000]-5")).isEqualTo("v100000");
            assertThat(edited.edit().remove("OBX[*]").apply().segmentCount()).isEqualTo(1);
        });
    }

    @Test
    @DisplayName("F13 A field repeated 100,000 times, one of 100,000 line feeds, and blank lines")
    void shouldReadManyRepetitions() {
        Message message = message(HEADER + "\rPID|1||" + "a^b~".repeat(MANY) + "|x\rOBX|" + "\nt".repeat(MANY) + "\r\r"
                + "\r".repeat(MANY) + "ZPD|1\r");
        Assertions.assertTimeout(BOUND, () -> {
            assertThat(message.all(path("PID-3.2"))).hasSize(MANY);
            assertThat(message.repetitions(path("PID-3"))).isEqualTo(MANY + 1);
            assertThat(message.segmentNames()).containsExactly("MSH", "PID", "OBX", "ZPD");
            assertThat(message.edit().set("PID-4", "y").apply().get("PID-4")).isEqualTo("y");
        });
    }

    @Test
    @DisplayName("F13 Editing every one of many repetitions")
    void shouldEditEachOfManyRepetitions() {
        Message message = message(HEADER + "\rPID|1||" + "a^b~".repeat(MANY) + "|x\r");
        Assertions.assertTimeout(BOUND, () -> {
            Message edited = message.edit().set("PID-3[*].2", "c").apply();
            assertThat(edited.all(path("PID-3.2"))).hasSize(MANY + 1).containsOnly("c");
            Message removed = message.edit().remove("PID-3[*].2").apply();
            assertThat(removed.all(path("PID-3.2"))).isEmpty();
        });
    }
}
