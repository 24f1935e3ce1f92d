package org.khokahano.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class MessagePathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "MSH-9.1",
                "PID-3[2].4.1",
                "OBX[3]-5",
                "OBX[*]-3.1",
                "ZPD",
                "ZPD-2",
                "PID-3[*].1",
                "OBX[100000]-5",
                "Z01[2]"
            })
    void shouldWriteWhatItRead(String text) {
        assertThat(MessagePath.parse(text)).hasToString(text);
    }

    @Test
    void shouldSayItsParts() {
        MessagePath path = MessagePath.parse("OBX[3]-5[2].4.1");
        assertThat(path.segment()).isEqualTo("OBX");
        assertThat(path.occurrence()).isEqualTo(3);
        assertThat(path.field()).isEqualTo(5);
        assertThat(path.repetition()).isEqualTo(2);
        assertThat(path.component()).isEqualTo(4);
        assertThat(path.subcomponent()).isEqualTo(1);
        assertThat(path.inOccurrence(7).inRepetition(9)).hasToString("OBX[7]-5[9].4.1");
        assertThat(MessagePath.parse("OBX[*]-5").occurrence()).isEqualTo(MessagePath.EACH);
        assertThat(MessagePath.parse("OBX-5").repetition()).isEqualTo(MessagePath.UNSAID);
    }

    @ParameterizedTest
    @CsvSource({
        "pid-3, 0, PID-3",
        "PID.3.1, 3, PID-3.1",
        "PID-3-1, 5, PID-3.1",
        "PID3, 3, PID-3",
        "PID 3, 3, PID-3",
        "PID-0, 4, PID-1",
        "PID-3[0].1, 6, PID-3[1].1",
        "PID-3(2).1, 5, PID-3[2].1",
        "OBX(2)-5, 3, OBX[2]-5",
        "/.PID-5-1, 0, PID-5.1",
        "/PID-5, 0, PID-5",
        "OBX[x]-5, 4, ''",
        "OBX[2-5, 5, ''",
        "PID-, 4, ''",
        "PID-3., 6, ''",
        "PID-3.1.2.3, 9, ''",
        "PID-1000, 4, ''",
        "OBX[99999999]-5, 4, ''",
        "PATIENT-3, 3, ''",
        "PI, 0, ''",
        "'', 0, ''",
        "1PD-3, 0, ''",
    })
    void shouldSayWhereAndSuggestWhatWasMeant(String text, int position, String suggestion) {
        InvalidPathException invalid = catchThrowableOfType(InvalidPathException.class, () -> MessagePath.parse(text));
        assertThat(invalid.position()).isEqualTo(position);
        assertThat(invalid.suggestion()).isEqualTo(suggestion);
        assertThat(invalid)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("character " + (position + 1))
                .hasMessageContaining("expected ");
        if (!suggestion.isEmpty()) {
            assertThat(MessagePath.parse(invalid.suggestion())).hasToString(suggestion);
        }
    }

    @Test
    void shouldRefuseAPathWithoutEnd() {
        assertThatThrownBy(() -> MessagePath.parse("PID-3" + " ".repeat(100_000)))
                .isInstanceOf(InvalidPathException.class)
                .message()
                .hasSizeLessThan(200);
    }

    @Test
    void shouldKeepThePathCacheBoundedAndRight() {
        PathCache cache = new PathCache(4);
        for (int round = 0; round < 3; round++) {
            for (int field = 1; field <= 99; field++) {
                String text = "PID-" + field;
                assertThat(cache.path(text)).hasToString(text);
            }
        }
        assertThat(cache.path("PV1-2")).isSameAs(cache.path("PV1-2"));
    }
}
