package org.khokahano.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.message.MessagePath;
import org.khokahano.message.definition.Hl7Definitions;

@Tag("unit")
class MessageDifferenceTest {
    private static final String HEADER = "MSH|^~\\&|LIS|NRL|HUB|N|20261104||ORU^R01|5001|P|2.5.1\r";
    private final Hl7Definitions definitions = new Hl7Definitions();

    @Test
    void shouldFindNothingWhenOnlyEmptyFieldsAtTheEndDiffer() {
        assertThat(between("PID|1||A||B\r", "PID|1||A||B|||\r")).isEmpty();
    }

    @Test
    void shouldNameTheComponentOfTheRepetitionThatDiffers() {
        assertThat(between("PID|1||A^^^X~B^^^Y\r", "PID|1||A^^^X~B^^^Z\r"))
                .containsExactly(new FieldDifference("PID-3[2].4", "Patient Identifier List, CX", "Y", "Z"));
    }

    @Test
    void shouldKeepTheOthersInStepWhenASegmentIsMissingInTheMiddle() {
        assertThat(between("OBX|1|NM|A\rOBX|2|NM|B\rOBX|3|NM|C\r", "OBX|1|NM|A\rOBX|3|NM|C\r"))
                .containsExactly(new FieldDifference("OBX[2]", "segment is missing", "OBX|2|NM|B", ""));
    }

    @Test
    void shouldTellApartWhatIsEmptyAndWhatIsNull() {
        assertThat(between("PID|1||A|\"\"\r", "PID|1||A|\r"))
                .extracting(FieldDifference::path, FieldDifference::expected)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("PID-4", "\"\""));
    }

    @Test
    void shouldLeaveOutIgnoredSegmentsFieldsRepetitionsAndComponents() {
        String expected = "PID|1||A~B^X|C\rZPD|1\rOBX|1||||||||||||x\rOBX|2||||||||||||y\r";
        String actual = "PID|1||A~B^Y|D\rZPD|2\rOBX|1||||||||||||z\rOBX|2||||||||||||z\r";

        assertThat(between(expected, actual)).hasSize(5);
        assertThat(between(expected, actual, "PID-3[2].2", "PID-4", "ZPD", "OBX[*]-13"))
                .isEmpty();
        assertThat(between(expected, actual, "PID-3[2]", "PID-4", "ZPD", "OBX[1]-13"))
                .extracting(FieldDifference::path)
                .containsExactly("OBX[2]-13");
    }

    @Test
    void shouldCompareLineByLineWhenItIsNoMessage() {
        byte[] expected = "code;value\nA;1\n".getBytes(StandardCharsets.UTF_8);
        byte[] actual = "code;value\nA;2\n".getBytes(StandardCharsets.UTF_8);

        assertThat(MessageDifference.between(expected, actual, new IgnoredPlaces(List.of()), definitions)
                        .places())
                .containsExactly(new FieldDifference("line 2", "", "A;1", "A;2"));
    }

    @Test
    void shouldTellWhatOnlyMeansTheSameFromWhatIsWrittenAlike() {
        for (String other : List.of("PID|1||A^B^|C", "PID|1||A^B|C||", "PID|1||A^B~|C")) {
            assertThat(result("PID|1||A^B|C\r", other + "\r").places())
                    .as(other)
                    .isEmpty();
            assertThat(result("PID|1||A^B|C\r", other + "\r").writtenAlike())
                    .as(other)
                    .isFalse();
        }
        assertThat(result("PID|1||A^B|C\r", "PID|1||A^B|C\r").writtenAlike()).isTrue();
        assertThat(result("PID|1||A^B|C\r", "PID|1||A^X|C\r", "PID-3.2").writtenAlike())
                .isTrue();
        assertThat(result("PID|1||A^B|C\r", "PID|1||A^X|C\r").writtenAlike()).isFalse();
    }

    private List<FieldDifference> between(String expected, String actual, String... ignored) {
        return result(expected, actual, ignored).places();
    }

    private MessageDifference.Result result(String expected, String actual, String... ignored) {
        return MessageDifference.between(
                (HEADER + expected).getBytes(StandardCharsets.UTF_8),
                (HEADER + actual).getBytes(StandardCharsets.UTF_8),
                new IgnoredPlaces(Stream.of(ignored).map(MessagePath::parse).toList()),
                definitions);
    }
}
