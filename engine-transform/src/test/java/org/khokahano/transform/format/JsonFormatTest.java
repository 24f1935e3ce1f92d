package org.khokahano.transform.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.khokahano.format.FormatOutcome.Unsayable;
import org.khokahano.format.FormatOutcome.Written;
import org.khokahano.format.InputRecord;
import org.khokahano.format.InputRecord.Readable;
import org.khokahano.format.InputRecord.Unreadable;
import org.khokahano.message.Message;
import org.khokahano.message.MessagePath;

@Tag("unit")
class JsonFormatTest {

    private static final String ONE =
            "{\"patient\":{\"id\":\"LS-7\"},\"results\":[{\"code\":\"GLU\",\"value\":5.10},{\"code\":\"NA\",\"value\":140}]}";

    private static JsonFormat format(String records) {
        MessageLayout layout = new MessageLayout(
                "ORU^R01^ORU_R01",
                "2.5.1",
                List.of(
                        new FieldPlace("/patient/id", MessagePath.parse("PID-3.1")),
                        new FieldPlace("/patient/sex", MessagePath.parse("PID-8"))),
                List.of(),
                new RowLayout(
                        "/results",
                        "OBX",
                        List.of(
                                new FieldPlace("/code", MessagePath.parse("OBX-3.1")),
                                new FieldPlace("/value", MessagePath.parse("OBX-5"))),
                        List.of(),
                        null),
                Set.of("/patient/id"));
        return new JsonFormat(layout, records);
    }

    private static List<InputRecord> read(JsonFormat format, String text) {
        return format.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldReadNumbersAsTheyAreWritten() {
        Message message = ((Readable) read(format(""), ONE).get(0)).message();

        assertThat(message.get("PID-3.1")).isEqualTo("LS-7");
        assertThat(message.get("OBX[1]-5")).isEqualTo("5.10");
        assertThat(message.get("OBX[2]-3.1")).isEqualTo("NA");
    }

    @Test
    void shouldReadEachRecordOfAListByItself() {
        List<InputRecord> records =
                read(format("/messages"), "{\"messages\":[" + ONE + ",{\"patient\":{}}," + ONE + "]}");

        assertThat(records).hasSize(3);
        assertThat(records.get(1))
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        record -> assertThat(record.problem()).isEqualTo("/messages/1/patient/id: a value is missing"));
        assertThat(((Readable) records.get(2)).message().bytes())
                .isEqualTo(((Readable) records.get(0)).message().bytes());
        assertThat(read(format(""), "[]")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '^', textBlock = """
            {"patient": {"id": ["secret"]}}             # /patient/id: a list or an object
            {"patient": {"id": "x"}, "results": 4}      # /results: not a list
            {"patient": {"id": "secret"}                # line 1, column
            {"patient": 1, "patient": 2}                # line 1, column
            "secret"                                    # the input: not an object
            {} {}                                       # line 1, column
            ^^                                          # the input is empty
            {"patient": {"id": "\\ud800"}}              # /patient/id: half a character
            """)
    void shouldTellWhereAnInputIsWrong(String input, String problem) {
        assertThat(read(format(""), input))
                .singleElement()
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        record ->
                                assertThat(record.problem()).startsWith(problem).doesNotContain("secret"));
    }

    @Test
    void shouldRefuseWhatIsNestedTooDeep() {
        assertThat(read(format(""), "[".repeat(100_000))).singleElement().isInstanceOf(Unreadable.class);
    }

    @Test
    void shouldWriteObjectsAndLists() throws Exception {
        Message message = Message.read("MSH|^~\\&|\rPID|||LS-7|||||\"\"\rOBX|||GLU||5.10\rOBX|||NA\r".getBytes());

        assertThat(new String(((Written) format("").write(message)).bytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"patient\":{\"id\":\"LS-7\",\"sex\":null},"
                        + "\"results\":[{\"code\":\"GLU\",\"value\":\"5.10\"},{\"code\":\"NA\"}]}");
    }

    @Test
    void shouldNotWriteWithoutWhatIsRequired() throws Exception {
        assertThat(format("").write(Message.read("MSH|^~\\&|\rPID|||\r".getBytes())))
                .isInstanceOfSatisfying(
                        Unsayable.class,
                        outcome -> assertThat(outcome.reason())
                                .isEqualTo("PID-3.1, which the format needs for /patient/id, is empty"));
    }

    @Test
    void shouldEndWithAnOutcomeWhateverComes() {
        Random random = new Random(7);
        byte[] good = ONE.getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 2_000; round++) {
            byte[] broken = good.clone();
            for (int change = 0; change <= round % 5; change++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            assertThat(format("").read(broken)).hasSizeLessThan(2);
        }
    }
}
