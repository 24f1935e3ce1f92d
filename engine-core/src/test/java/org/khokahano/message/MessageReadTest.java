package org.khokahano.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.khokahano.message.Samples.message;
import static org.khokahano.message.Samples.path;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.khokahano.message.UnreadableMessageException.Reason;

@Tag("unit")
class MessageReadTest {
    private final Message oru = message(Samples.ORU);

    @ParameterizedTest
    @CsvSource(
            delimiter = '=',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "MSH-1=|",
                "MSH-2=^~\\&",
                "MSH-2.1=^~\\&",
                "MSH-3=QMMH-EHR",
                "MSH-3.2=1.2.3",
                "MSH-9.2=R01",
                "PID-3=LS-100",
                "PID-3.1=LS-100",
                "PID-3.4=QMMH&2.16&ISO",
                "PID-3.4.2=2.16",
                "PID-3[2]=LS-200",
                "PID-3[2].4.1=NID",
                "PID-3[*].1=LS-100",
                "PID-5.2=Thabo",
                "OBX-5=13.2",
                "OBX[2]-5=H&E stain",
                "OBX[2]-8=\"\"",
                "OBX[*]-5=13.2",
                "ZPD-2=y",
                "ZPD=ZPD|x|y",
            })
    @DisplayName("R53 A path names its place by the message's own delimiters")
    void shouldReadTheValueAtThePath(String path, String value) {
        assertThat(oru.get(path)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PID-4",
                "PID-99",
                "PID-3[3]",
                "PID-3.9",
                "PID-3.1.2",
                "OBX[3]-5",
                "NTE-1",
                "MSH-2.2",
                "MSH-2[2]",
                "MSH-8",
                "NTE"
            })
    void shouldReadNothingWhereThereIsNothing(String path) {
        assertThat(oru.get(path)).isEmpty();
    }

    @Test
    @DisplayName("R54 Absent, empty, HL7's null and a value are four things")
    void shouldTellEmptyFromNull() {
        assertThat(oru.presence(path("OBX[2]-8"))).isEqualTo(Presence.DELETED);
        assertThat(oru.presence(path("OBX[2]-7"))).isEqualTo(Presence.EMPTY);
        assertThat(oru.presence(path("OBX[2]-9"))).isEqualTo(Presence.ABSENT);
        assertThat(oru.presence(path("PID-5"))).isEqualTo(Presence.VALUED);
        assertThat(oru.presence(path("PID-5.4"))).isEqualTo(Presence.EMPTY);
        assertThat(oru.presence(path("NTE-3"))).isEqualTo(Presence.ABSENT);
        assertThat(oru.presence(path("ZPD"))).isEqualTo(Presence.VALUED);
        Message hollow = message(Samples.HEADER + "\rPID|^^~&|^^x\r");
        assertThat(hollow.presence(path("PID-1"))).isEqualTo(Presence.EMPTY);
        assertThat(hollow.presence(path("PID-2"))).isEqualTo(Presence.VALUED);
    }

    @Test
    void shouldListEveryValueOverSegmentsAndRepetitions() {
        assertThat(oru.all(path("OBX-3.1"))).containsExactly("718-7", "NOTE");
        assertThat(oru.all(path("OBX[*]-8"))).containsExactly("N", "\"\"");
        assertThat(oru.all(path("OBX[2]-3"))).containsExactly("NOTE");
        assertThat(oru.all(path("PID-3"))).containsExactly("LS-100", "LS-200");
        assertThat(oru.all(path("PID-3.4.1"))).containsExactly("QMMH", "NID");
        assertThat(oru.all(path("PID-3[2]"))).containsExactly("LS-200");
        assertThat(oru.all(path("PID-9"))).isEmpty();
        assertThat(oru.all(path("MSH-2"))).containsExactly("^~\\&");
        assertThat(oru.all(path("ZPD"))).containsExactly("ZPD|x|y");
        assertThat(oru.repetitions(path("PID-3"))).isEqualTo(2);
        assertThat(oru.repetitions(path("PID-4"))).isZero();
        assertThat(oru.repetitions(path("NTE-4"))).isZero();
        assertThat(oru.repetitions(path("MSH-2"))).isEqualTo(1);
    }

    @Test
    void shouldGiveTheWholePlaceAsTextAndAsBytes() {
        assertThat(oru.text(path("PID-3"))).isEqualTo("LS-100^^^QMMH&2.16&ISO^MR~LS-200^^^NID");
        assertThat(oru.raw(path("PID-3[2]"))).isEqualTo("LS-200^^^NID".getBytes(StandardCharsets.US_ASCII));
        assertThat(oru.raw(path("PID-77"))).isEmpty();
    }

    @Test
    @DisplayName("R55 Segments that HL7 does not know are segments like others")
    void shouldIndexUnknownSegments() {
        assertThat(oru.segmentNames()).containsExactly("MSH", "PID", "PV1", "OBR", "OBX", "OBX", "ZPD");
        assertThat(oru.segmentCount()).isEqualTo(7);
        assertThat(oru.count("OBX")).isEqualTo(2);
        assertThat(oru.count("obx")).isZero();
        assertThat(oru.warnings()).isEmpty();
        Segment patient = oru.segment(1);
        assertThat(patient.name()).isEqualTo("PID");
        assertThat(patient.fieldCount()).isEqualTo(8);
        assertThat(patient.text(5)).isEqualTo("Mokoena^Thabo^L^^^^L");
        assertThat(patient.text(9)).isEmpty();
        assertThat(patient.presence(4)).isEqualTo(Presence.EMPTY);
        assertThat(oru.segment(0).text(1)).isEqualTo("|");
        assertThat(oru.segment(0).text(16)).isEqualTo("NE");
    }

    @Test
    void shouldKeepTheVeryBytes() throws UnreadableMessageException {
        byte[] bytes = Samples.ORU.getBytes(StandardCharsets.US_ASCII);
        Message message = Message.read(bytes);
        assertThat(message.bytes()).isSameAs(bytes);
        assertThat(message.length()).isEqualTo(bytes.length);
    }

    @Test
    void shouldSayNothingOfItsContent() {
        assertThat(oru)
                .hasToString(
                        "ORU^R01 message of 279 bytes in 7 segments".replace("279", Integer.toString(oru.length())));
        assertThat(message("MSH|^~\\&|||||||Mokoena Thabo\r").toString()).doesNotContain("Mokoena");
        assertThat(oru.segment(1)).hasToString("PID with 8 fields");
    }

    @ParameterizedTest
    @CsvSource({
        "'', EMPTY, 0",
        "'\u000B \r\n\t', EMPTY, 5",
        "hello, NO_MSH, 0",
        "MS, NO_MSH, 0",
        "'  PID|1', NO_MSH, 2",
        "FHS|^~\\&|A, BATCH, 0",
        "'\u000BBHS|^~\\&|A', BATCH, 1",
        "MSH, NO_FIELD_SEPARATOR, 3",
        "'MSH\r', NO_FIELD_SEPARATOR, 3",
        "MSHA^~\\&AB, BAD_FIELD_SEPARATOR, 3",
        "MSH ^~\\& A, BAD_FIELD_SEPARATOR, 3",
        "'MSH\u0000^~\\&', BAD_FIELD_SEPARATOR, 3",
        "MSH|, NO_ENCODING_CHARACTERS, 4",
        "MSH||A, NO_ENCODING_CHARACTERS, 4",
        "MSH|EPIC|A, BAD_ENCODING_CHARACTERS, 4",
        "MSH|^~ &|A, BAD_ENCODING_CHARACTERS, 6",
        "MSH|^\u001c|A, BAD_ENCODING_CHARACTERS, 5",
        "'M\u0000S\u0000H\u0000|\u0000', UTF_16, 0",
        "'\u0000M\u0000S\u0000H\u0000|', UTF_16, 0",
    })
    void shouldSayWhyAndWhereItCannotRead(String payload, Reason reason, int offset) {
        UnreadableMessageException unreadable = catchThrowableOfType(
                UnreadableMessageException.class, () -> Message.read(payload.getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(unreadable.reason()).isEqualTo(reason);
        assertThat(unreadable.offset()).isEqualTo(offset);
        assertThat(unreadable).hasMessageContaining("byte " + offset).hasMessageNotContaining("EPIC|");
    }

    @Test
    void shouldReadAHeaderAlone() {
        Message bare = message("MSH|^~\\&");
        assertThat(bare.segmentCount()).isEqualTo(1);
        assertThat(bare.header().controlId()).isEmpty();
        assertThat(bare.header().raw(10)).isEmpty();
        assertThat(bare.get("MSH-2")).isEqualTo("^~\\&");
        assertThat(bare.structure()).isEmpty();
        assertThat(bare.warnings()).containsExactly(Warning.MISSING_LAST_CR);
    }

    @Test
    void shouldReadNulBytesAsData() {
        Message message = message(Samples.HEADER + "\rPID|1|\u0000x\u0000|b\r");
        assertThat(message.get("PID-2")).isEqualTo("\u0000x\u0000");
        assertThat(message.get("PID-3")).isEqualTo("b");
    }

    @Test
    void shouldAnswerSeveralThreadsAtOnce() throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 500; round++) {
                Message shared = message(Samples.ORU);
                List<Callable<String>> questions = Collections.nCopies(
                        4,
                        () -> shared.get("OBX[2]-5")
                                + shared.header().controlId()
                                + shared.segmentCount()
                                + shared.warnings());
                for (Future<String> answer : readers.invokeAll(questions)) {
                    assertThat(answer.get()).isEqualTo("H&E stainQ-00017[]");
                }
            }
        } finally {
            readers.shutdownNow();
        }
    }
}
