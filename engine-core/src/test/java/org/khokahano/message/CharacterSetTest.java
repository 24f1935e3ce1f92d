package org.khokahano.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.khokahano.message.Samples.declaring;
import static org.khokahano.message.Samples.message;
import static org.khokahano.message.Samples.path;

import java.io.ByteArrayOutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class CharacterSetTest {
    @ParameterizedTest
    @CsvSource({
        "UNICODE UTF-8, UTF-8, Ntšekhe 日本",
        "UTF-8, UTF-8, Ntšekhe",
        "utf8, UTF-8, Ntšekhe",
        "8859/1, ISO-8859-1, Séan",
        "8859/2, ISO-8859-2, Łódź",
        "8859/5, ISO-8859-5, Привет",
        "8859/7, ISO-8859-7, Γεια",
        "8859/9, ISO-8859-9, İzmir",
        "8859/15, ISO-8859-15, œuvre €",
        "ISO IR 100, ISO-8859-1, Séan",
        "WINDOWS-1252, windows-1252, “Séan”",
        "KS X 1001, EUC-KR, 한국",
        "GB 18030-2000, GB18030, 北京丂",
        "BIG-5, Big5, 功許蓋",
    })
    @DisplayName("R48 R49 MSH-18 names the character set, by its names and aliases")
    void shouldDecodeWhatIsDeclared(String name, String charset, String value) {
        Charset expected = Charset.forName(charset);
        Message message = message(declaring(name, "PID|1||7||" + value + "^b|c\r"), expected);
        assertThat(message.characterSet()).isEqualTo(expected);
        assertThat(message.get("PID-5")).isEqualTo(value);
        assertThat(message.get("PID-5.2")).isEqualTo("b");
        assertThat(message.get("PID-6")).isEqualTo("c");
        assertThat(message.warnings()).isEmpty();
        Message edited = message.edit().set("PID-6", value).apply();
        assertThat(edited.get("PID-6")).isEqualTo(value);
        assertThat(edited.edit().set("PID-6", "c").apply().bytes()).isEqualTo(message.bytes());
    }

    @Test
    @DisplayName("R48 An empty MSH-18 is ASCII; bytes over 127 read as UTF-8 where they are that")
    void shouldGuessUtf8() {
        Message message = message(declaring("", "PID|1||7||Ntšekhe\r"), StandardCharsets.UTF_8);
        assertThat(message.get("PID-5")).isEqualTo("Ntšekhe");
        assertThat(message.warnings()).containsExactly(Warning.GUESSED_CHARACTER_SET);
        assertThat(message.edit().set("PID-6", "š").apply().get("PID-6")).isEqualTo("š");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ASCII"})
    @DisplayName("R48 R50 Else they read as windows-1252, and none is replaced")
    void shouldGuessWindows(String declared) {
        Message message = message(declaring(declared, "PID|1||7||S\u00E9an \u0080\u0081|x\r"));
        assertThat(message.get("PID-5")).isEqualTo("Séan €\u0081");
        assertThat(message.get("PID-6")).isEqualTo("x");
        assertThat(message.warnings()).containsExactly(Warning.GUESSED_CHARACTER_SET);
    }

    @Test
    @DisplayName("R50 A byte that the character set does not have is a warning, kept, not replaced")
    void shouldKeepUndecodableBytes() {
        String text = declaring("UNICODE UTF-8", "PID|1||7||a\u00E9b\u00C3\u00A9\u00EF\u00BF\u00BD\r");
        Message message = message(text);
        assertThat(message.get("PID-5")).isEqualTo("aébé\uFFFD");
        assertThat(message.warnings()).containsExactly(Warning.UNDECODABLE_BYTES);
        assertThat(Samples.text(message.edit().set("PID-1", "2").apply())).isEqualTo(text.replace("PID|1|", "PID|2|"));
    }

    @Test
    @DisplayName("R49 An unknown name is a warning, and its bytes are read one by one")
    void shouldReadAnUnknownCharacterSetByteByByte() {
        Message message = message(declaring("ISO IR 999", "PID|1||7||a\u00E9\u0081\r"));
        assertThat(message.get("PID-5")).isEqualTo("a\u00E9\u0081");
        assertThat(message.warnings()).containsExactly(Warning.UNKNOWN_CHARACTER_SET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"~ISO IR87", "ISO IR87", "ISO IR14~ISO IR87~ISO IR159", "~ISOIR159"})
    @DisplayName("R49 Japanese is decoded before it is split: 0x7C and others occur inside it")
    void shouldNotSplitInsideJapaneseCharacters(String declared) {
        String value = withBytes("|^~\\&");
        String text = declaring(declared, "PID|1||7||" + value + "^ｂ&x\\F\\~" + value + "|z\r");
        Message message = message(text, Charset.forName("ISO-2022-JP"));
        assertThat(message.get("PID-5")).isEqualTo(value);
        assertThat(message.get("PID-5.2.2")).isEqualTo("x|");
        assertThat(message.get("PID-5[2]")).isEqualTo(value);
        assertThat(message.repetitions(path("PID-5"))).isEqualTo(2);
        assertThat(message.get("PID-6")).isEqualTo("z");
        assertThat(message.segmentNames()).containsExactly("MSH", "PID");
        assertThat(message.warnings()).isEmpty();
        Message edited =
                message.edit().set("PID-6", value + "|").set("PID-5.3", "縫").apply();
        assertThat(edited.get("PID-6")).isEqualTo(value + "|");
        assertThat(edited.get("PID-5.3")).isEqualTo("縫");
        assertThat(edited.get("PID-5")).isEqualTo(value);
    }

    @Test
    @DisplayName("R49 Japanese in MSH itself does not hide MSH-18")
    void shouldReadJapaneseInTheHeader() {
        String value = withBytes("|^");
        String text = "MSH|^~\\&|" + value + "|B|C|D|20261122||ADT^A01|1|P|2.5||||||~ISO IR87\r";
        Message message = message(text, Charset.forName("ISO-2022-JP"));
        assertThat(message.header().sendingApplication()).isEqualTo(value);
        assertThat(message.header().messageCode()).isEqualTo("ADT");
        Message other = message(text.replace("~ISO IR87", "8859/1"), Charset.forName("ISO-2022-JP"));
        assertThat(other.header().sendingApplication()).startsWith("\u001B$B");
    }

    /** Characters of JIS X 0208 whose second byte is one of these. */
    private static String withBytes(String seconds) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0x1B, '$', 'B'});
        for (int i = 0; i < seconds.length(); i++) {
            bytes.write(0x30);
            bytes.write(seconds.charAt(i));
        }
        bytes.writeBytes(new byte[] {0x1B, '(', 'B'});
        return bytes.toString(Charset.forName("ISO-2022-JP"));
    }

    @ParameterizedTest
    @CsvSource({
        "SHIFT-JIS, Shift_JIS, ｶ, ﾓｹｴﾅ",
        "BIG-5, Big5, 四, 功四許",
        "GBK, GBK, 亅, 亅丂",
        "GB 18030-2000, GB18030, 亅, ༀ亅",
    })
    @DisplayName("R49 A character whose last byte looks like a separator hides it; one of one byte does not")
    void shouldHideSeparatorsInsideCharactersOnly(String name, String charset, String last, String value) {
        Message message =
                message(declaring(name, "PID|1||7||" + value + last + "^" + last + "|c|d\r"), Charset.forName(charset));
        assertThat(message.get("PID-5")).isEqualTo(value + last);
        assertThat(message.get("PID-5.2")).isEqualTo(last);
        assertThat(message.get("PID-6")).isEqualTo("c");
        assertThat(message.get("PID-7")).isEqualTo("d");
        assertThat(message.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GB 18030-2000, \u00810",
        "GB 18030-2000, \u00810\u0081a",
        "GBK, \u00FF",
        "BIG-5, \u0080",
        "SHIFT-JIS, \u00B6",
        "SHIFT-JIS, \u00FD",
        "SHIFT-JIS, \u00A0",
    })
    @DisplayName("R49 R50 Bytes that begin no whole character take no separator with them")
    void shouldNotSwallowASeparatorAfterABrokenCharacter(String name, String broken) {
        Message message = message(declaring(name, "PID|1||7||" + broken + "|x|y\r"));
        assertThat(new String(message.raw(path("PID-5")), StandardCharsets.ISO_8859_1))
                .isEqualTo(broken);
        assertThat(message.get("PID-6")).isEqualTo("x");
        assertThat(message.get("PID-7")).isEqualTo("y");
    }

    @ParameterizedTest
    @CsvSource({"BIG-5, Big5, 四", "GB 18030-2000, GB18030, 亅", "SHIFT-JIS, Shift_JIS, ポ"})
    @DisplayName("R49 A separator inside a character of MSH does not hide MSH-18")
    void shouldReadTheHeaderInItsOwnCharacterSet(String name, String charset, String facility) {
        String text = "MSH|^~\\&|A|" + facility + "|C|D|20261122||ADT^A01|1|P|2.5||||||" + name + "\rPID|1||7||"
                + facility + "|x\r";
        Message message = message(text, Charset.forName(charset));
        assertThat(message.header().sendingFacility()).isEqualTo(facility);
        assertThat(message.header().controlId()).isEqualTo("1");
        assertThat(message.get("PID-5")).isEqualTo(facility);
        assertThat(message.get("PID-6")).isEqualTo("x");
        assertThat(message.warnings()).isEmpty();
        assertThat(message.hasContradictoryCharacterSet()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GB 18030-2000", "BIG-5", "SHIFT-JIS"})
    @DisplayName("R49 R50 A character cut off in MSH, so that MSH-18 stands elsewhere in its own set, is told")
    void shouldTellOfAHeaderThatContradictsItself(String name) {
        String cutOff = "MSH|^~\\&|A|\u00EB|C|D|20261122||ADT^A01|1|P|2.5||||||" + name + "\rPID|1||7\r";
        Message message = message(cutOff);
        assertThat(message.hasContradictoryCharacterSet()).isTrue();
        assertThat(message.warnings()).containsExactly(Warning.CONTRADICTORY_CHARACTER_SET);
        assertThat(message.header().controlId()).isEqualTo("1");
        Message latin = message(cutOff.replace(name, "8859/1"));
        assertThat(latin.hasContradictoryCharacterSet()).isFalse();
        assertThat(latin.header().sendingFacility()).isEqualTo("\u00EB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16"})
    @DisplayName("R51 UTF-16 is refused with its own reason, and read as the UTF-8 that it becomes")
    void shouldReadUtf16OnlyWhenAsked(String charset) throws UnreadableMessageException, CharacterCodingException {
        String text = declaring("UNICODE UTF-16", "PID|1||7~8||Mo\\T\\š ⱼ縼^b&c\\X41\\|\"\"|\rZPD|x\r");
        byte[] bytes = text.getBytes(Charset.forName(charset));
        UnreadableMessageException refused =
                catchThrowableOfType(UnreadableMessageException.class, () -> Message.read(bytes));
        assertThat(refused.reason()).isEqualTo(UnreadableMessageException.Reason.UTF_16);
        Message message = Message.read(Objects.requireNonNull(Utf16.of(bytes)).toUtf8(bytes));
        assertThat(message.bytes()).isEqualTo(text.replace("UTF-16", "UTF-8").getBytes(StandardCharsets.UTF_8));
        assertThat(message.get("PID-5")).isEqualTo("Mo&š ⱼ縼");
        assertThat(message.get("PID-5.2.2")).isEqualTo("cA");
        assertThat(message.warnings()).isEmpty();
    }

    @Test
    @DisplayName("R50 A character that the message's character set lacks is refused, not replaced")
    void shouldRefuseWhatTheCharacterSetLacks() {
        Message message = message(declaring("8859/1", "PID|1\r"));
        assertThatThrownBy(() -> message.edit().set("PID-5", "Ntšekhe"))
                .isInstanceOf(UnencodableTextException.class)
                .hasMessageContaining("ISO-8859-1")
                .hasMessageNotContaining("Nt");
        Message utf8 = message.edit().set("MSH-18", "UNICODE UTF-8").apply();
        assertThat(utf8.edit().set("PID-5", "Ntšekhe").apply().get("PID-5")).isEqualTo("Ntšekhe");
    }
}
