package org.khokahano.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.khokahano.message.Samples.HEADER;
import static org.khokahano.message.Samples.message;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class EscapesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '=',
            quoteCharacter = '`',
            value = {
                "a\\F\\b=a|b",
                "\\S\\\\R\\\\T\\\\E\\=^~&\\",
                "\\E\\F\\E\\=\\F\\",
                "\\X41\\\\X4243\\=ABC",
                "\\X4g\\=\\X4g\\",
                "\\X414\\=\\X414\\",
                "\\X\\=\\X\\",
                "\\P\\=\\P\\",
                "\\H\\loud\\N\\=\\H\\loud\\N\\",
                "a\\.br\\b\\.sp+2\\c=a\\.br\\b\\.sp+2\\c",
                "\\Zab12\\=\\Zab12\\",
                "\\C2842\\=\\C2842\\",
                "\\M2442\\=\\M2442\\",
                "\\Q\\F\\=\\Q\\F\\",
                "5\\6 and\\F\\=5\\6 and|",
                "a\\=a\\",
                "a\\\\b=a\\\\b",
                "C:\\temp\\F\\=C:\\temp\\F\\",
                "\\f\\=\\f\\",
            })
    @DisplayName("R52 Escape sequences are read; formatting and unknown ones stay as they are")
    void shouldReadEscapeSequences(String raw, String value) {
        assertThat(message(HEADER + "\rOBX|" + raw + "|x\r").get("OBX-1")).isEqualTo(value);
    }

    @Test
    @DisplayName("R52 Hexadecimal data is decoded in the message's character set, runs together")
    void shouldDecodeHexInTheCharacterSet() {
        String segments = "PID|\\XC5A1\\|\\XC5\\\\XA1\\|\\X0D\\\r";
        Message message = message(Samples.declaring("UNICODE UTF-8", segments));
        assertThat(message.get("PID-1")).isEqualTo("š");
        assertThat(message.get("PID-2")).isEqualTo("š");
        assertThat(message.get("PID-3")).isEqualTo("\r");
    }

    @Test
    @DisplayName("R52 R53 A value is written with the message's own delimiters escaped")
    void shouldEscapeWhatItWrites() {
        Message edited = message(HEADER + "\rPID|1\r")
                .edit()
                .set("PID-2", "a|b^c~d&e\\f#\r\n\u000B\u001C")
                .apply();
        assertThat(Samples.text(edited))
                .endsWith("\rPID|1|a\\F\\b\\S\\c\\R\\d\\T\\e\\E\\f#\\X0D\\\\X0A\\\\X0B\\\\X1C\\\r");
        Message truncating =
                message("MSH|^~\\&#|A\rPID|1\r").edit().set("PID-2", "a#").apply();
        assertThat(Samples.text(truncating)).endsWith("PID|1|a\\P\\\r");
        assertThat(truncating.get("PID-2")).isEqualTo("a#");
        Message other =
                message("MSH#!@%*#A\rPID#1\r").edit().set("PID-2", "#!|").apply();
        assertThat(Samples.text(other)).endsWith("PID#1#%F%%S%|\r");
    }

    @Test
    @DisplayName("R52 Reading what was written gives the same value, whatever it is")
    void shouldReadBackEveryValue() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String alphabet = "|^~\\&FSRTEXHN.0Aé\r\n ";
        Message empty = message(Samples.declaring("8859/1", "PID|1\r"));
        for (int round = 0; round < 5_000; round++) {
            StringBuilder value = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                value.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            Message edited = empty.edit().set("PID-5.2", value.toString()).apply();
            assertThat(edited.get("PID-5.2")).as("seed %d", seed).isEqualTo(value.toString());
            assertThat(edited.segmentCount()).as("seed %d", seed).isEqualTo(2);
        }
    }

    @Test
    void shouldRefuseToWriteADelimiterWhereNoEscapeCharacterIsDefined() {
        Message message = message("MSH|^~|A\rPID|1\r");
        assertThatThrownBy(() -> message.edit().set("PID-5", "x|y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no escape character");
        assertThat(message.edit().set("PID-5", "x&y").apply().get("PID-5")).isEqualTo("x&y");
    }
}
