package org.khokahano.ack;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.hl7v2.parser.PipeParser;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;

@Tag("unit")
class AckWriterTest {

    private static final long MILLIS = 1_790_000_000_123L;
    private static final AckFault VERSION = new AckFault(
            "MSH^1^12",
            ErrorCondition.UNSUPPORTED_VERSION_ID,
            "unsupportedVersion",
            "listener ehr does not accept the version in MSH-12.1");
    private static final AckFault TYPE = new AckFault(
            "MSH^1^9", ErrorCondition.UNSUPPORTED_MESSAGE_TYPE, "unsupportedType", "a type & more | than ^ one");

    private final AckWriter writer = new AckWriter(ZoneOffset.UTC);

    @Test
    @DisplayName("R15 The MSH is new: sender and receiver exchanged, the request's version, set and delimiters kept")
    void shouldWriteItsOwnHeader() throws UnreadableMessageException {
        String request =
                "MSH|^~\\&|EHR^1.2^ISO|QMMH|HUB|MOH^9|20261122||ADT^A01^ADT_A01|M1|P^T|2.5.1^LSO|7||||LSO|8859/1~UTF-8\r";

        assertThat(write(request, AckCode.AA))
                .isEqualTo("MSH|^~\\&|HUB|MOH^9|EHR^1.2^ISO|QMMH|20260921141320.123+0000||ACK^A01^ACK|K1|P^T|2.5.1^LSO"
                        + "||||||8859/1~UTF-8\rMSA|AA|M1\r");
    }

    @Test
    @DisplayName("R57 The bytes of an acknowledgement never change for the same message, id and time")
    void shouldWriteTheSameBytesAgain() throws UnreadableMessageException {
        String request = "MSH|^~\\&|A|B|C|D|1||ADT^A01|M1|P|2.3\r";

        assertThat(write(request, AckCode.AA))
                .isEqualTo(write(request, AckCode.AA))
                .isEqualTo("MSH|^~\\&|C|D|A|B|20260921141320.123+0000||ACK^A01^ACK|K1|P|2.3\rMSA|AA|M1\r");
    }

    @Test
    @DisplayName("R24 From 2.5 on there is one ERR for each error with ERR-2, 3, 4, 5, 7 and 8")
    void shouldWriteErrOf25() throws UnreadableMessageException {
        assertThat(write("MSH|^~\\&|A|B|C|D|1||ADT^A01|M1|P|2.5\r", AckCode.AR, VERSION, TYPE))
                .endsWith("MSA|AR|M1|listener ehr does not accept the version in MSH-12.1\r"
                        + "ERR||MSH^1^12|203^Unsupported version id^HL70357|E|unsupportedVersion^^L||at MSH-1-12"
                        + "|listener ehr does not accept the version in MSH-12.1\r"
                        + "ERR||MSH^1^9|200^Unsupported message type^HL70357|E|unsupportedType^^L||at MSH-1-9"
                        + "|a type \\T\\ more \\F\\ than \\S\\ one\r");
    }

    @ParameterizedTest
    @CsvSource({
        "2.1, false, true",
        "2.2, true, true",
        "2.4, true, true",
        "2.5, false, true",
        "2.6, false, true",
        "2.7, false, false",
        "2.9.1, false, false",
        "2.10, false, false"
    })
    @DisplayName("R24 MSA-6 is for 2.2 to 2.4, MSA-3 until it was withdrawn in 2.7")
    void shouldWriteMsaByVersion(String version, boolean msa6, boolean msa3) throws UnreadableMessageException {
        Message ack =
                Message.read(bytes(write("MSH|^~\\&|A|B|C|D|1||ADT^A01|M1|P|" + version + "\r", AckCode.AR, VERSION)));

        assertThat(ack.get("MSA-3").isEmpty()).isEqualTo(!msa3);
        assertThat(ack.get("MSA-6.1")).isEqualTo(msa6 ? "203" : "");
        boolean old = version.compareTo("2.5") < 0 && !version.equals("2.10");
        assertThat(ack.get(old ? "ERR-1.4.1" : "ERR-3.1")).isEqualTo("203");
        assertThat(ack.get(old ? "ERR-3.1" : "ERR-1.1")).isEmpty();
    }

    @Test
    @DisplayName("R24 Before 2.5 ERR-1 has segment, sequence, field and the condition")
    void shouldWriteErrBefore25() throws UnreadableMessageException {
        assertThat(write("MSH|^~\\&|A|B|C|D|1||ADT^A01|M1|P|2.3.1\r", AckCode.AR, VERSION))
                .endsWith("MSA|AR|M1|listener ehr does not accept the version in MSH-12.1|||"
                        + "203^Unsupported version id^HL70357\r"
                        + "ERR|MSH^1^12^203&Unsupported version id&HL70357\r");
    }

    @Test
    @DisplayName("R24 MSA-3 has at most 80 characters")
    void shouldCutTheTextOfMsa() throws UnreadableMessageException {
        AckFault wordy = new AckFault("", ErrorCondition.APPLICATION_ERROR, "storage", "word ".repeat(60));

        Message ack = Message.read(bytes(write("MSH|^~\\&|A|B|C|D|1||ADT^A01|M1|P|2.4\r", AckCode.AR, wordy)));

        assertThat(ack.get("MSA-3")).hasSize(80);
    }

    @ParameterizedTest
    @ValueSource(strings = {"|^~\\&", "|^~\\&#", "$%*!@", "|^~\\\\&", "|^~", "|^", "|^^^^", "\u00a6^~\\&"})
    @DisplayName("R53 R24 The request's delimiters are used, short, long, odd or repeated as they are")
    void shouldUseTheDelimitersOfTheRequest(String delimiters) throws UnreadableMessageException {
        char field = delimiters.charAt(0);
        char component = delimiters.charAt(1);
        String request = "MSH" + delimiters
                + "|A|B|C|D|1||ADT^A01|M1|P|2.5\r".replace('^', component).replace('|', field);

        Message ack = Message.read(bytes(write(request, AckCode.AR, TYPE)));

        assertThat(ack.header().text(2)).isEqualTo(delimiters.substring(1));
        assertThat(ack.get("MSH-9.2")).isEqualTo("A01");
        assertThat(ack.get("MSA-2")).isEqualTo("M1");
        assertThat(ack.get("ERR-3.1")).isEqualTo("200");
        assertThat(ack.get("ERR-5.1")).isEqualTo("unsupportedType");
        assertThat(ack.segmentNames()).containsExactly("MSH", "MSA", "ERR");
    }

    @Test
    @DisplayName("R15 R25 An escaped line end in MSH-9 does not become a segment of the acknowledgement")
    void shouldNotLetAnEventBreakOut() throws UnreadableMessageException {
        String ack = write("MSH|^~\\&|A|B|C|D|1||ADT^A\\X0D\\MSA\\F\\AE|M1|P|2.5\r", AckCode.AA);

        assertThat(Message.read(bytes(ack)).segmentNames()).containsExactly("MSH", "MSA");
    }

    @Test
    @DisplayName("R15 MSA-2 is the request's MSH-10 byte for byte")
    void shouldEchoTheControlIdAsItCame() throws UnreadableMessageException {
        assertThat(write("MSH|^~\\&|A|B|C|D|1||ADT^A01|\u00e9^1\\T\\2 |P|2.5\r", AckCode.AA))
                .endsWith("MSA|AA|\u00e9^1\\T\\2 \r");
    }

    @ParameterizedTest
    @CsvSource({"^~\\&, \\X1C\\, \\X0B\\", "^, ' ', ' '"})
    @DisplayName("R1 R4 What of the request would end or begin a frame is escaped in the acknowledgement, or a blank")
    void shouldHoldNoByteOfAFrame(String encoding, String end, String start) throws UnreadableMessageException {
        String request = "MSH|" + encoding + "|A\u001c\u001c|B\u000b|C|D|1||ADT^A01|\u000bM1|P|2.3\r";

        assertThat(write(request, AckCode.AE, VERSION))
                .contains("|C|D|A" + end + end + "|B" + start + "|")
                .contains("MSA|AE|" + start + "M1|")
                .doesNotContain("\u001c", "\u000b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.1", "2.2", "2.3", "2.3.1", "2.4", "2.5", "2.5.1", "2.6", "2.7", "2.8", "2.8.1"})
    @DisplayName("R15 R24 HAPI reads the acknowledgement of every version")
    void shouldBeReadableByHapi(String version) throws Exception {
        String request = "MSH|^~\\&|A|B|C|D|1||ADT^A01|M1|P|" + version + "\r";
        PipeParser parser = new PipeParser();

        assertThat(parser.parse(write(request, AckCode.AA)).getName()).isEqualTo("ACK");
        assertThat(parser.parse(write(request, AckCode.AR, VERSION)).getVersion())
                .isEqualTo(version);
    }

    private String write(String request, AckCode code, AckFault... faults) throws UnreadableMessageException {
        Message message = Message.read(bytes(request));
        return new String(writer.write(message, code, "K1", MILLIS, List.of(faults)), StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
