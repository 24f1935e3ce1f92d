package org.khokahano.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.khokahano.message.Samples.HEADER;
import static org.khokahano.message.Samples.message;
import static org.khokahano.message.Samples.path;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class MessageEditTest {
    private static final String BODY = "PID|1||A^B&C^D~E|F\rOBX|1\rOBX|2|x\r";

    private static String edited(UnaryOperator<MessageEdit> edits) {
        return edited(BODY, edits);
    }

    private static String edited(String body, UnaryOperator<MessageEdit> edits) {
        Message message = message(HEADER + "\r" + body);
        String text = Samples.text(edits.apply(message.edit()).apply());
        assertThat(text).startsWith(HEADER + "\r");
        assertThat(Samples.text(message)).isEqualTo(HEADER + "\r" + body);
        return text.substring(HEADER.length() + 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '=',
            value = {
                "PID-1=PID|v||A^B&C^D~E|F",
                "PID-2=PID|1|v|A^B&C^D~E|F",
                "PID-3=PID|1||v|F",
                "PID-3[1]=PID|1||v~E|F",
                "PID-3[2]=PID|1||A^B&C^D~v|F",
                "PID-3[4]=PID|1||A^B&C^D~E~~v|F",
                "PID-3[*]=PID|1||v~v|F",
                "PID-3[*].2=PID|1||A^v^D~E^v|F",
                "PID-3.1=PID|1||v^B&C^D~E|F",
                "PID-3.2=PID|1||A^v^D~E|F",
                "PID-3.2.1=PID|1||A^v&C^D~E|F",
                "PID-3.2.4=PID|1||A^B&C&&v^D~E|F",
                "PID-3.5.2=PID|1||A^B&C^D^^&v~E|F",
                "PID-3[2].3=PID|1||A^B&C^D~E^^v|F",
                "PID-4=PID|1||A^B&C^D~E|v",
                "PID-6[2].2.2=PID|1||A^B&C^D~E|F||~^&v",
            })
    void shouldSetOnePlaceAndMakeWhatIsMissing(String path, String line) {
        assertThat(edited(edit -> edit.set(path, "v"))).isEqualTo(line + "\rOBX|1\rOBX|2|x\r");
    }

    @Test
    void shouldMakeMissingSegments() {
        assertThat(edited(edit -> edit.set("ZPD-2", "v"))).isEqualTo(BODY + "ZPD||v\r");
        assertThat(edited(edit -> edit.set("OBX[4]-1", "v"))).isEqualTo(BODY + "OBX\rOBX|v\r");
        assertThat(edited(edit -> edit.set("PID[2]-1", "v"))).isEqualTo(BODY.replace("F\r", "F\rPID|v\r"));
        assertThat(edited(edit -> edit.set("ZPD-2", ""))).isEqualTo(BODY);
        assertThat(edited(edit -> edit.set("ZPD[*]-2", "v"))).isEqualTo(BODY);
        assertThatThrownBy(() -> edited(edit -> edit.set("OBX[5000]-1", "v")))
                .hasMessageContaining("more than 1000 segments");
        assertThatThrownBy(() -> edited(edit -> edit.set("PID-3[5000]", "v")))
                .hasMessageContaining("more than 1000 repetitions");
    }

    @Test
    void shouldSetInEachSegment() {
        assertThat(edited(edit -> edit.set("OBX[*]-2", "v")))
                .isEqualTo(BODY.replace("OBX|1\rOBX|2|x", "OBX|1|v\rOBX|2|v"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '=',
            value = {
                "PID-3=PID|1|||F",
                "PID-3[1]=PID|1||E|F",
                "PID-3[2]=PID|1||A^B&C^D|F",
                "PID-3[*]=PID|1|||F",
                "PID-3[*].1=PID|1||^B&C^D~|F",
                "PID-3.2=PID|1||A^^D~E|F",
                "PID-3.2.1=PID|1||A^&C^D~E|F",
                "PID-4=PID|1||A^B&C^D~E|",
                "PID-4[1]=PID|1||A^B&C^D~E|",
                "PID-9=PID|1||A^B&C^D~E|F",
                "PID-3[7]=PID|1||A^B&C^D~E|F",
                "NTE-9=PID|1||A^B&C^D~E|F",
            })
    void shouldRemoveOnePlace(String path, String line) {
        assertThat(edited(edit -> edit.remove(path))).isEqualTo(line + "\rOBX|1\rOBX|2|x\r");
    }

    @ParameterizedTest
    @CsvSource({
        "OBX, 'ZAA|A\r\nOBX|2\r\nZBB|B\n'",
        "OBX[2], 'ZAA|A\rOBX|1\n\nZBB|B\n'",
        "OBX[*], 'ZAA|A\r\nZBB|B\n'",
        "ZBB, 'ZAA|A\rOBX|1\n\nOBX|2\r\n'",
        "ZPD, 'ZAA|A\rOBX|1\n\nOBX|2\r\nZBB|B\n'",
    })
    void shouldRemoveSegmentsWithTheirEnds(String path, String expected) {
        String body = "ZAA|A\rOBX|1\n\nOBX|2\r\nZBB|B\n";
        assertThat(edited(body, edit -> edit.remove(path))).isEqualTo(expected);
    }

    @Test
    @DisplayName("R54 HL7's null and empty stay different")
    void shouldWriteNullAndEmptyDifferently() {
        assertThat(edited(edit -> edit.setNull("PID-4"))).startsWith("PID|1||A^B&C^D~E|\"\"\r");
        assertThat(edited(edit -> edit.set("PID-4", ""))).startsWith("PID|1||A^B&C^D~E|\r");
        assertThat(edited(edit -> edit.set("PID-4", "\"\""))).startsWith("PID|1||A^B&C^D~E|\"\"\r");
    }

    @Test
    void shouldWriteRawText() {
        assertThat(edited(edit -> edit.setRaw("PID-4", "a^b~c\\F\\"))).startsWith("PID|1||A^B&C^D~E|a^b~c\\F\\\r");
        byte[] raw = "x&y".getBytes(StandardCharsets.US_ASCII);
        assertThat(edited(edit -> edit.setRaw(path("PID-4.2"), raw))).startsWith("PID|1||A^B&C^D~E|F^x&y\r");
    }

    @ParameterizedTest
    @CsvSource({"PID-4, a|b", "PID-4[1], a~b", "PID-4.1, a^b", "PID-4.1.1, a&b", "PID-4, 'a\rb'", "PID-4, 'a\u001Cb'"})
    void shouldRefuseRawTextThatSpillsOverItsPlace(String path, String raw) {
        assertThatThrownBy(() -> edited(edit -> edit.setRaw(path, raw)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(path)
                .hasMessageContaining("offset 1");
    }

    @ParameterizedTest
    @CsvSource({
        "PID-3, PID-5, PID|1||A^B&C^D~E|F|A^B&C^D~E",
        "PID-3, PID-5.2, PID|1||A^B&C^D~E|F|^A&B\\T\\C&D\\R\\E",
        "PID-3[1], PID-5.1.2, PID|1||A^B&C^D~E|F|&A\\S\\B\\T\\C\\S\\D",
        "PID-3.2, PID-5, PID|1||A^B&C^D~E|F|B^C",
        "PID-3.2, PID-5.2, PID|1||A^B&C^D~E|F|^B&C",
        "PID-3.2.2, PID-5, PID|1||A^B&C^D~E|F|C",
        "MSH-2, PID-5, PID|1||A^B&C^D~E|F|\\S\\\\R\\\\E\\\\T\\",
        "PID-9, PID-4, PID|1||A^B&C^D~E|",
        "NTE-3, PID-4, PID|1||A^B&C^D~E|",
    })
    void shouldCopyAPlaceInTheDelimitersOfAnother(String from, String to, String line) {
        assertThat(edited(edit -> edit.copy(path(from), path(to)))).startsWith(line + "\r");
    }

    @Test
    void shouldAddSegmentsWhereTheyBelong() {
        assertThat(edited(edit -> edit.append("ZPD|1").append("ZPD|2"))).isEqualTo(BODY + "ZPD|1\rZPD|2\r");
        assertThat(edited(edit -> edit.insertAfter(path("PID"), "PV1|1"))).isEqualTo(BODY.replace("F\r", "F\rPV1|1\r"));
        assertThat(edited(edit -> edit.insertAfter(path("OBX[2]"), "NTE|2").insertAfter(path("OBX"), "NTE|1")))
                .isEqualTo("PID|1||A^B&C^D~E|F\rOBX|1\rNTE|1\rOBX|2|x\rNTE|2\r");
        assertThat(edited("PID|1", edit -> edit.append("ZPD"))).isEqualTo("PID|1\rZPD");
        assertThatThrownBy(() -> edited(edit -> edit.insertAfter(path("NTE"), "ZPD")))
                .hasMessageContaining("no NTE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ZP", "MSH|^~\\&", "FHS|", "zpd|1", "ZPD^1", "ZPD|1\rOBX|2"})
    void shouldRefuseWhatIsNoSegment(String raw) {
        assertThatThrownBy(() -> edited(edit -> edit.append(raw)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a segment to add");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    @DisplayName("R12 New segments end as the message's own do")
    void shouldEndNewSegmentsAsTheMessageDoes(String end) {
        String text = HEADER + end + "PID|1" + end;
        assertThat(Samples.text(message(text).edit().append("ZPD|1").apply())).isEqualTo(text + "ZPD|1" + end);
        assertThat(Samples.text(message(HEADER).edit().append("ZPD|1").apply())).isEqualTo(HEADER + "\rZPD|1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MSH-1", "MSH-2", "MSH-2.1", "MSH[*]-1"})
    @DisplayName("R53 MSH-1 and MSH-2 cannot be edited")
    void shouldRefuseToEditTheDelimiters(String path) {
        assertThatThrownBy(() -> edited(edit -> edit.set(path, "|"))).hasMessageContaining("cannot be edited");
        assertThatThrownBy(() -> edited(edit -> edit.remove(path))).hasMessageContaining("cannot be edited");
    }

    @Test
    void shouldRefuseToLoseTheHeaderOrToSetAWholeSegment() {
        assertThatThrownBy(() -> edited(edit -> edit.remove("MSH"))).hasMessageContaining("MSH cannot be removed");
        assertThatThrownBy(() -> edited(edit -> edit.set("PID", "x"))).hasMessageContaining("whole segment");
        assertThatThrownBy(() -> message("MSH|^|A\rPID|1\r").edit().set("PID-2.1.2", "x"))
                .hasMessageContaining("does not define");
    }

    @Test
    void shouldEditTheHeader() {
        Message edited = message(Samples.ORU)
                .edit()
                .set("MSH-5", "NRL-LIS")
                .set("MSH-9.3", "")
                .set("MSH-21[2].1", "p")
                .apply();
        assertThat(edited.header().receivingApplication()).isEqualTo("NRL-LIS");
        assertThat(edited.header().messageStructure()).isEmpty();
        assertThat(edited.get("MSH-21[2]")).isEqualTo("p");
        assertThat(edited.get("PID-5.2")).isEqualTo("Thabo");
    }

    @Test
    void shouldGiveTheSameMessageWhereNothingChanges() {
        Message message = message(Samples.ORU);
        assertThat(message.edit().apply()).isSameAs(message);
        assertThat(message.edit().set("PID-8", "M").remove("NTE").apply()).isSameAs(message);
    }
}
