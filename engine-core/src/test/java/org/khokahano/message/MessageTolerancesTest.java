package org.khokahano.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.khokahano.message.Samples.HEADER;
import static org.khokahano.message.Samples.PATIENT;
import static org.khokahano.message.Samples.message;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class MessageTolerancesTest {
    @ParameterizedTest
    @CsvSource({
        "'\n', LF_SEGMENT_END",
        "'\r\n', CRLF_SEGMENT_END",
    })
    @DisplayName("R12 LF and CRLF end segments, with a warning, and the bytes stay")
    void shouldTolerateOtherSegmentEnds(String end, Warning warning) {
        String text = HEADER + end + PATIENT + end + "ZPD|x" + end;
        Message message = message(text);
        assertThat(message.segmentNames()).containsExactly("MSH", "PID", "ZPD");
        assertThat(message.get("PID-8")).isEqualTo("M");
        assertThat(message.get("ZPD-1")).isEqualTo("x");
        assertThat(message.header().applicationAckType()).isEqualTo("NE");
        assertThat(message.warnings()).containsExactly(warning);
        assertThat(Samples.text(message)).isEqualTo(text);
    }

    @Test
    @DisplayName("R12 Mixed segment ends and blank lines")
    void shouldTolerateMixedSegmentEnds() {
        Message message = message(HEADER + "\r" + PATIENT + "\nPV1|1\r\n\r\nOBX|1\r\rOBX|2");
        assertThat(message.segmentNames()).containsExactly("MSH", "PID", "PV1", "OBX", "OBX");
        assertThat(message.warnings())
                .containsExactlyInAnyOrder(Warning.LF_SEGMENT_END, Warning.CRLF_SEGMENT_END, Warning.MISSING_LAST_CR);
    }

    @Test
    @DisplayName("R12 Where CR ends segments, a line feed inside one is data and not lost")
    void shouldKeepALineFeedInsideASegment() {
        Message message = message(HEADER + "\rOBX|1|TX|||first\nsecond|x\rZPD|1\r");
        assertThat(message.get("OBX-5")).isEqualTo("first\nsecond");
        assertThat(message.get("OBX-6")).isEqualTo("x");
        assertThat(message.warnings()).containsExactly(Warning.LF_IN_DATA);
    }

    @Test
    @DisplayName("R12 A missing last CR")
    void shouldTolerateAMissingLastCr() {
        Message message = message(HEADER + "\r" + PATIENT);
        assertThat(message.get("PID-8")).isEqualTo("M");
        assertThat(message.warnings()).containsExactly(Warning.MISSING_LAST_CR);
    }

    @Test
    @DisplayName("R12 A byte order mark before MSH")
    void shouldTolerateAByteOrderMark() {
        Message message = message("\u00EF\u00BB\u00BF" + HEADER + "\r");
        assertThat(message.header().controlId()).isEqualTo("Q-0001");
        assertThat(message.warnings()).contains(Warning.BYTE_ORDER_MARK);
    }

    @Test
    @DisplayName("R12 Double framing, before and after")
    void shouldTolerateDoubleFraming() {
        String text = "\u000B" + HEADER + "\r" + PATIENT + "\r\u001C\r";
        Message message = message(text);
        assertThat(message.segmentNames()).containsExactly("MSH", "PID");
        assertThat(message.header().messageCode()).isEqualTo("ORU");
        assertThat(message.warnings()).containsExactlyInAnyOrder(Warning.BYTES_BEFORE_MSH, Warning.BYTES_AFTER_MESSAGE);
        assertThat(Samples.text(message.edit().set("PID-8", "F").apply()))
                .isEqualTo(text.substring(0, text.length() - 4) + "F\r\u001C\r");
    }

    @Test
    @DisplayName("R55 Lines that are no segments pass and are reported")
    void shouldPassLinesThatAreNoSegments() {
        Message message = message(HEADER + "\rsome words\rPID|1\rPIDX|2\rAB\r");
        assertThat(message.segmentNames()).containsExactly("MSH", "???", "PID", "???", "???");
        assertThat(message.count("PID")).isEqualTo(1);
        assertThat(message.warnings()).containsExactly(Warning.NOT_A_SEGMENT);
        assertThat(message.segment(1).fieldCount()).isZero();
    }

    @Test
    void shouldReportASecondHeader() {
        Message message = message(HEADER + "\r" + HEADER.replace("Q-0001", "Q-0002") + "\rMSH\r");
        assertThat(message.get("MSH-10")).isEqualTo("Q-0001");
        assertThat(message.get("MSH[2]-10")).isEqualTo("Q-0002");
        assertThat(message.segment(2).fieldCount()).isZero();
        assertThat(message.warnings()).containsExactly(Warning.REPEATED_MSH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MSH|^~\\&|B", "\u000BMSH|^~\\&|B", " MSH|^~\\&|B", "MSH^~|\\&^B", "MSH"})
    @DisplayName("A second MSH is seen in whatever it is wrapped and whatever its delimiters are")
    void shouldSeeThatAnotherMessageFollows(String header) {
        assertThat(message(HEADER + "\r" + PATIENT + "\r" + header + "\rPID|1||9\r")
                        .holdsSeveralMessages())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MSH clinic", "MSHX|1", "see MSH|1", "NTE|1||MSH|x"})
    @DisplayName("A line of text that has its letters is no second MSH")
    void shouldNotTakeTextForAnotherMessage(String line) {
        assertThat(message(HEADER + "\r" + PATIENT + "\r" + line + "\rPV1|1\r").holdsSeveralMessages())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "^~\\&, ''",
        "^~\\&#, ''",
        "^~, SHORT_ENCODING_CHARACTERS",
        "^~\\&#!, LONG_ENCODING_CHARACTERS",
        "^~^&, REPEATED_DELIMITER",
        "^~\\\\&, REPEATED_DELIMITER",
    })
    @DisplayName("R53 Delimiters come from MSH-1 and MSH-2, odd ones too")
    void shouldTolerateOddEncodingCharacters(String characters, String warning) {
        Message message = message("MSH|" + characters + "|A^B|||||ADT^A01|7\rPID|1||x^y~z\r");
        assertThat(message.get("MSH-2")).isEqualTo(characters);
        assertThat(message.get("MSH-3.2")).isEqualTo("B");
        assertThat(message.get("PID-3[2]")).isEqualTo("z");
        assertThat(message.warnings().toString()).isEqualTo("[" + warning + "]");
    }

    @Test
    @DisplayName("R53 A doubled escape character leaves & the subcomponent separator")
    void shouldUnderstandADoubledEscapeCharacter() {
        Message message = message("MSH|^~\\\\&|A\rPID|a&b\r");
        assertThat(message.delimiters()).isEqualTo(Delimiters.STANDARD);
        assertThat(message.get("PID-1.1.2")).isEqualTo("b");
    }

    @Test
    @DisplayName("R53 Any bytes may be delimiters, the truncation character included")
    void shouldReadOtherDelimiters() {
        Message message = message("MSH#!@%*$#A!B#C\rPID#x!y*z@w%F%##\"\"\r");
        assertThat(message.delimiters().field()).isEqualTo('#');
        assertThat(message.delimiters().component()).isEqualTo('!');
        assertThat(message.delimiters().repetition()).isEqualTo('@');
        assertThat(message.delimiters().escape()).isEqualTo('%');
        assertThat(message.delimiters().subcomponent()).isEqualTo('*');
        assertThat(message.delimiters().truncation()).isEqualTo('$');
        assertThat(message.delimiters()).hasToString("#!@%*$");
        assertThat(message.get("PID-1.2.2")).isEqualTo("z");
        assertThat(message.get("PID-1[2]")).isEqualTo("w#");
        assertThat(message.get("PID-3")).isEqualTo("\"\"");
    }

    @Test
    void shouldReadWithoutTheDelimitersThatAShortHeaderLeavesOut() {
        Message message = message("MSH|^|A^B\rPID|x~y&z\\F\\\r");
        assertThat(message.delimiters().repetition()).isEqualTo(Delimiters.NONE);
        assertThat(message.get("PID-1")).isEqualTo("x~y&z\\F\\");
        assertThat(message.get("PID-1[2]")).isEmpty();
        assertThat(message.get("PID-1.1.2")).isEmpty();
    }
}
