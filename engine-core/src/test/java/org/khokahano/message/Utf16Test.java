package org.khokahano.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class Utf16Test {

    private static final String TWO =
            "BHS|^~\\&|LAB\rMSH|^~\\&|LAB|QMMH|||20261123||ORU^R01|1|P|2.5||||||UNICODE UTF-16\r"
                    + "PID|1||||\u4E0B\u1E3F\rMSH#^~\\&#LAB#QMMH###20261123##ORU^R01#2#P#2.5\rPID#1\rMSH\rBTS|2\r";

    private static Utf16 of(byte[] bytes) {
        return Objects.requireNonNull(Utf16.of(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16"})
    @DisplayName("R51 A batch becomes UTF-8 with the name of that in each MSH-18, whatever its delimiters")
    void shouldNameTheCharacterSetInEachMessage(String charset) throws CharacterCodingException {
        byte[] bytes = TWO.getBytes(Charset.forName(charset));
        assertThat(new String(of(bytes).toUtf8(bytes), StandardCharsets.UTF_8))
                .isEqualTo(TWO.replace("UTF-16", "UTF-8").replace("#P#2.5\r", "#P#2.5######UNICODE UTF-8\r"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    @DisplayName("R51 An answer is in the byte order, and with the mark, of what it answers; not a character is lost")
    void shouldAnswerInKind(String charset) {
        String answer = "MSH|^~\\&|HUB|NRL|||20261123||ACK|A1|P|2.5||||||8859/1\rMSA|AA|1|\u00EB\r";
        String expected = answer.replace("8859/1", "UNICODE UTF-16");
        Charset order = Charset.forName(charset);
        byte[] latin = answer.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(of(TWO.getBytes(order)).answer(latin)).isEqualTo(expected.getBytes(order));
        assertThat(of(("\uFEFF" + TWO).getBytes(order)).answer(latin)).isEqualTo(("\uFEFF" + expected).getBytes(order));
        String batch = "BHS|^~\\&\rMSH|^~\\&|HUB|||||||||||||||UNICODE UTF-8\rMSA|AE|1|\u4E0B\rBTS|1\r";
        assertThat(of(TWO.getBytes(order)).answer(batch.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(batch.replace("UTF-8", "UTF-16").getBytes(order));
    }

    @Test
    @DisplayName("R50 R51 Half a character is found with its offset, and nothing is made of it")
    void shouldFindHalfACharacter() throws UnreadableMessageException {
        byte[] odd = Arrays.copyOf(TWO.getBytes(StandardCharsets.UTF_16LE), 41);
        assertThat(of(odd).brokenAt(odd)).isEqualTo(40);
        assertThatThrownBy(() -> of(odd).toUtf8(odd)).isInstanceOf(CharacterCodingException.class);
        byte[] alone = "MSH|^~\\&|\uD83D|".getBytes(StandardCharsets.UTF_16LE);
        alone[18] = 0x3D;
        alone[19] = (byte) 0xD8;
        assertThat(of(alone).brokenAt(alone)).isEqualTo(18);
        assertThatThrownBy(() -> Message.read(alone))
                .isInstanceOfSatisfying(UnreadableMessageException.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(UnreadableMessageException.Reason.BROKEN_UTF_16);
                    assertThat(refused).hasMessageContaining("18");
                });
        byte[] whole = TWO.getBytes(StandardCharsets.UTF_16BE);
        assertThat(of(whole).brokenAt(whole)).isEqualTo(-1);
        assertThat(Utf16.of("MSH|".getBytes(StandardCharsets.US_ASCII))).isNull();
    }
}
