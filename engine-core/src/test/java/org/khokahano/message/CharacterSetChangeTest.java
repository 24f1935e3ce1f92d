package org.khokahano.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.message.CharacterSetChange.Outcome;
import org.khokahano.message.CharacterSetChange.Outcome.Changed;
import org.khokahano.message.CharacterSetChange.Outcome.Unsayable;

@Tag("unit")
class CharacterSetChangeTest {

    private static byte[] message(String characterSet, String name, String remark, Charset charset) {
        return ("MSH|^~\\&|EHR|QMMH|HUB|MOH|20261122190000||ADT^A01^ADT_A01|M1|P|2.5.1||||||" + characterSet
                        + "|LS\rPID|1||77||" + name + "^Palesa\rNTE|1||ok\rNTE|2||" + remark + "\r")
                .getBytes(charset);
    }

    private static Outcome change(String to, byte[] message) throws UnreadableMessageException {
        return CharacterSetChange.to(to).change(Message.read(message));
    }

    private static byte[] changed(String to, byte[] message) throws UnreadableMessageException {
        return ((Changed) change(to, message)).bytes();
    }

    private static String reason(String to, byte[] message) throws UnreadableMessageException {
        return ((Unsayable) change(to, message)).reason();
    }

    @Test
    @DisplayName("R48 R49 the text stays, its bytes and MSH-18 change, and back again gives the same bytes")
    void shouldChangeThereAndBack() throws Exception {
        byte[] utf8 = message("UNICODE UTF-8", "Thamaé", "ñ", StandardCharsets.UTF_8);
        byte[] latin1 = message("8859/1", "Thamaé", "ñ", StandardCharsets.ISO_8859_1);

        assertThat(changed("8859/1", utf8)).isEqualTo(latin1);
        assertThat(changed("UNICODE UTF-8", latin1)).isEqualTo(utf8);
    }

    @Test
    @DisplayName("R49 Japanese by escape sequences (ISO 2022) becomes UTF-8")
    void shouldReadIso2022() throws Exception {
        byte[] japanese = message("~ISO IR87", "日本", "ok", Charset.forName("ISO-2022-JP"));

        assertThat(changed("UNICODE UTF-8", japanese))
                .isEqualTo(message("UNICODE UTF-8", "日本", "ok", StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("R50 what the other set cannot hold is told with its place and without the value, never replaced")
    void shouldSayWhatCannotBeSaid() throws Exception {
        byte[] utf8 = message("UNICODE UTF-8", "Thamae", "日本", StandardCharsets.UTF_8);

        assertThat(reason("8859/1", utf8)).isEqualTo("a character that 8859/1 does not have at NTE[2]-3");
        assertThat(reason("ASCII", message("8859/1", "Thamaé", "ok", StandardCharsets.ISO_8859_1)))
                .isEqualTo("a character that ASCII does not have at PID-5");
    }

    @Test
    @DisplayName("R50 bytes that the message's own set does not have are told with their place")
    void shouldSayWhatCannotBeRead() throws Exception {
        byte[] broken = message("UNICODE UTF-8", "Thamaé", "ok", StandardCharsets.ISO_8859_1);

        assertThat(reason("8859/1", broken))
                .isEqualTo("the message has bytes that its own character set does not have at PID-5");
        assertThat(reason("UNICODE UTF-8", broken))
                .isEqualTo("the message has bytes that its own character set does not have at PID-5");
        assertThat(reason("UNICODE UTF-8", message("KLINGON", "Thamaé", "ok", StandardCharsets.ISO_8859_1)))
                .contains("MSH-18 names a character set that is not known");
    }

    @Test
    @DisplayName("R48 plain ASCII goes out byte for byte, with an empty MSH-18 as it is")
    void shouldLeaveAsciiAlone() throws Exception {
        byte[] ascii = message("", "Thamae", "ok", StandardCharsets.US_ASCII);

        assertThat(changed("8859/1", ascii)).isSameAs(ascii);
    }

    @Test
    @DisplayName("R48 with an empty MSH-18, bytes beyond ASCII are what they can be, and MSH-18 says so afterwards")
    void shouldDeclareWhatWasGuessed() throws Exception {
        byte[] undeclared = message("", "Thamaé", "ok", StandardCharsets.UTF_8);

        assertThat(changed("8859/1", undeclared))
                .isEqualTo(message("8859/1", "Thamaé", "ok", StandardCharsets.ISO_8859_1));
    }

    @Test
    @DisplayName("R49 a header that ends before MSH-18 grows to it")
    void shouldLengthenAShortHeader() throws Exception {
        byte[] shortHeader =
                "MSH|^~\\&|A|B|C|D|1||ADT^A01|M1|P|2.5.1\rPID|1||77||Thamaé\r".getBytes(StandardCharsets.UTF_8);

        assertThat(new String(changed("UNICODE UTF-8", shortHeader), StandardCharsets.UTF_8))
                .isEqualTo("MSH|^~\\&|A|B|C|D|1||ADT^A01|M1|P|2.5.1||||||UNICODE UTF-8\rPID|1||77||Thamaé\r");
    }

    @Test
    @DisplayName("only the sets of table 0211 that can be written are offered")
    void shouldRefuseOtherNames() {
        assertThatIllegalArgumentException().isThrownBy(() -> CharacterSetChange.to("UTF-16"));
        assertThat(CharacterSetChange.names()).contains("ASCII", "8859/1", "8859/15", "UNICODE UTF-8");
    }
}
