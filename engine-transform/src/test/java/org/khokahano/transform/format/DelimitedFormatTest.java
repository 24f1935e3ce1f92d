package org.khokahano.transform.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
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
class DelimitedFormatTest {

    private static final String RESULTS = """
            sample;patient;test;value;unit
            S1;LS-7;GLU;5.10;mmol/L
            S1;LS-7;NA;140;mmol/L
            S2;LS-8;GLU;"4;2";mmol/L
            """;

    private static MessagePath path(String path) {
        return MessagePath.parse(path);
    }

    static MessageLayout layout() {
        return new MessageLayout(
                "ORU^R01^ORU_R01",
                "2.5.1",
                // Against the order of the structure, which the messages have all the same.
                List.of(new FieldPlace("sample", path("OBR-3")), new FieldPlace("patient", path("PID-3.1"))),
                List.of(new FixedValue(path("MSH-4"), "QMMH")),
                new RowLayout(
                        "/results",
                        "OBX",
                        List.of(
                                new FieldPlace("test", path("OBX-3.1")),
                                new FieldPlace("value", path("OBX-5")),
                                new FieldPlace("unit", path("OBX-6.1"))),
                        List.of(new FixedValue(path("OBX-11"), "F")),
                        path("OBX-1")),
                Set.of("patient"));
    }

    private static DelimitedFormat format() {
        return new DelimitedFormat(
                layout(), new DelimitedSettings(';', '"', true, StandardCharsets.UTF_8, List.of(), List.of("sample")));
    }

    static List<InputRecord> read(DelimitedFormat format, String text) {
        return format.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(InputRecord record) {
        assertThat(record).isInstanceOf(Readable.class);
        return new String(((Readable) record).message().bytes(), StandardCharsets.UTF_8).replace('\r', '\n');
    }

    @Test
    void shouldMakeOneMessageOfRowsThatBelongTogether() {
        List<InputRecord> records = read(format(), RESULTS);

        assertThat(records).hasSize(2);
        assertThat(text(records.get(0))).matches("""
                MSH\\|\\^~\\\\&\\|\\|QMMH\\|\\|\\|\\|\\|ORU\\^R01\\^ORU_R01\\|[0-9A-F]{20}\\|P\\|2.5.1\\|{6}UNICODE UTF-8
                PID\\|\\|\\|LS-7
                OBR\\|\\|\\|S1
                OBX\\|1\\|\\|GLU\\|\\|5.10\\|mmol/L\\|{5}F
                OBX\\|2\\|\\|NA\\|\\|140\\|mmol/L\\|{5}F
                """);
        assertThat(text(records.get(1))).contains("OBX|1||GLU||4;2|");
    }

    @Test
    @DisplayName("R57 The same record makes the same bytes, whatever stands around it")
    void shouldMakeTheSameMessageOfTheSameRecord() {
        String first = text(read(format(), RESULTS).get(1));
        String again = text(read(format(), """
                sample;patient;test;value;unit
                S2;LS-8;GLU;"4;2";mmol/L
                """).get(0));

        assertThat(again).isEqualTo(first);
    }

    @Test
    void shouldRefuseRowsOfTwoPatientsInOneMessage() {
        List<InputRecord> records = read(format(), RESULTS.replace("S1;LS-7;NA", "S1;LS-9;NA"));

        assertThat(records.get(0))
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        record -> assertThat(record.problem())
                                .isEqualTo(
                                        "line 3, column 'patient': another value than in line 2, which is of the same"
                                                + " message"));
        assertThat(records.get(1)).isInstanceOf(Readable.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '^', textBlock = """
            sample;patient;test;value;unit\\nS1;;GLU;5;x      # line 2, column 'patient': a value is missing
            sample;patient;test;value;unit\\nS1;LS-7;GLU;5     # line 2: 4 columns instead of 5
            sample;patient;test;value\\nS1;LS-7;GLU;5          # line 1: there is no column 'unit'
            sample;sample;patient\\nS1                         # line 1, column 2: the column's name comes twice
            ^^                                                 # the input is empty
            """)
    void shouldTellWhereAnInputIsWrong(String input, String problem) {
        assertThat(read(format(), input.replace("\\n", "\n")))
                .singleElement()
                .isInstanceOfSatisfying(
                        Unreadable.class, record -> assertThat(record.problem()).startsWith(problem));
    }

    @Test
    void shouldTellOfBytesThatAreNoText() {
        assertThat(format().read(new byte[] {'a', 'b', (byte) 0xE9, 'c'}))
                .singleElement()
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        record -> assertThat(record.problem())
                                .isEqualTo("line 1: byte 3 of the input is no"
                                        + " character of UTF-8; 'charset' of the format names another character set"));
        byte[] later = "sample;patient\r\nS1;LS-7\r\nS2;LS-\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(format().read(later))
                .singleElement()
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        record -> assertThat(record.problem()).startsWith("line 3: byte 32 of the input"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '^', textBlock = """
            S1;LS-7;"GLU;5;x\\nS2;LS-8;NA;4;x        # line 2: the quote that opens here is not closed
            S1;LS-7;GLU;5;x\\n"S2";"LS\\n-8;NA;4;x   # line 3: the quote that opens here is not closed
            S1;LS-7;"a ""b"" c";5;x\\nS2;"LS         # line 3: the quote that opens here is not closed
            """)
    void shouldTellWhichQuoteIsNotClosed(String rows, String problem) {
        assertThat(read(format(), "sample;patient;test;value;unit\n" + rows.replace("\\n", "\n")))
                .last()
                .isInstanceOfSatisfying(
                        Unreadable.class, record -> assertThat(record.problem()).startsWith(problem));
    }

    @Test
    void shouldTakeQuotesForTextWhereTheyAreOff() {
        DelimitedFormat plain = new DelimitedFormat(
                layout(), new DelimitedSettings(';', null, true, StandardCharsets.UTF_8, List.of(), List.of("sample")));
        String sheet = "sample;patient;test;value;unit\r\nS1;LS-7;GLU;\"5;2\" tube\r\n";

        List<InputRecord> records = read(plain, sheet);

        assertThat(text(records.get(0))).contains("OBX|1||GLU||\"5|2\" tube|");
        Message message = ((Readable) records.get(0)).message();
        assertThat(new String(((Written) plain.write(message)).bytes(), StandardCharsets.UTF_8))
                .isEqualTo(sheet);
        Message unsayable = message.edit().set(MessagePath.of("OBX-5"), "5;2").apply();
        assertThat(plain.write(unsayable))
                .isInstanceOfSatisfying(
                        Unsayable.class,
                        outcome -> assertThat(outcome.reason())
                                .startsWith("column 'value': the value holds the separator"));
    }

    @Test
    void shouldWriteALineForEachRow() {
        Message message = ((Readable) read(format(), RESULTS).get(0)).message();

        assertThat(new String(((Written) format().write(message)).bytes(), StandardCharsets.UTF_8))
                .isEqualTo("""
                sample;patient;test;value;unit\r
                S1;LS-7;GLU;5.10;mmol/L\r
                S1;LS-7;NA;140;mmol/L\r
                """);
    }

    @Test
    void shouldNotWriteAMessageThatHoldsMoreThanTheFormat() throws Exception {
        Message message = Message.read("MSH|^~\\&|\rPID|||LS-7\rOBR|||S1\rOBX|1\rOBR|||S2\rOBX|1\r".getBytes());

        assertThat(format().write(message))
                .isInstanceOfSatisfying(
                        Unsayable.class,
                        outcome -> assertThat(outcome.reason())
                                .startsWith("the message has 2 segments OBR and the format a place for one"));
    }

    @Test
    void shouldEndWithAnOutcomeWhateverComes() {
        Random random = new Random(7);
        byte[] good = RESULTS.getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 2_000; round++) {
            byte[] broken = good.clone();
            for (int change = 0; change <= round % 5; change++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            assertThat(format().read(broken)).isNotNull();
        }
    }
}
