package org.khokahano.transform.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.khokahano.format.FormatOutcome.Unsayable;
import org.khokahano.format.FormatOutcome.Written;
import org.khokahano.format.InputRecord;
import org.khokahano.format.InputRecord.Readable;
import org.khokahano.format.InputRecord.Unreadable;
import org.khokahano.message.Message;

@Tag("unit")
class XmlAndTextFormatTest {

    private static final String ADMISSION =
            "MSH|^~\\&|EHR|QMMH|||20261122080000||ADT^A01^ADT_A01|M1|P|2.5.1||||||UNICODE UTF-8\r"
                    + "PID|1||LS-7^^^MOH||Môkoena^Palesa \\T\\ Co\rPV1||\r";

    private final XmlFormat xml = new XmlFormat();

    @Test
    void shouldKeepAMessageThroughXml() throws Exception {
        Message message = Message.read(ADMISSION.getBytes(StandardCharsets.UTF_8));

        byte[] written = ((Written) xml.write(message)).bytes();
        Message read = ((Readable) xml.read(written).get(0)).message();

        assertThat(read.get("PID-5.1")).isEqualTo("Môkoena");
        assertThat(read.get("PID-5.2")).isEqualTo("Palesa & Co");
        assertThat(read.get("PID-3.4")).isEqualTo("MOH");
        assertThat(read.get("MSH-10")).isEqualTo("M1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<ADT_A01",
                "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><ADT_A01>&x;</ADT_A01>",
                "<ADT_A01/>",
                "<NOTHING><MSH/></NOTHING>",
                "<ADT_A01 xmlns='urn:hl7-org:v2xml'><MSH><MSH.12><VID.1>2.5</VID.1></MSH.12></MSH></ADT_A01>"
            })
    void shouldRefuseWhatIsNoMessage(String input) {
        assertThat(xml.read(input.getBytes(StandardCharsets.UTF_8)))
                .singleElement()
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void shouldNotWriteWhatXmlCannotSay() throws Exception {
        Message message = Message.read((ADMISSION + "not a segment\r").getBytes(StandardCharsets.UTF_8));

        assertThat(xml.write(message)).isInstanceOf(Unsayable.class);
    }

    private static TextFormat sms() throws Exception {
        MessageLayout made =
                new MessageLayout("ORU^R01^ORU_R01", "2.5.1", List.of(), List.of(), null, Set.of("PID-3.1"));
        return new TextFormat(
                made, TextTemplate.parse("Results of {PID-3.1}:{each OBX}\n{OBX-3.1} = {OBX-5};{end}\nBye\n"));
    }

    @Test
    void shouldReadWhatItWrote() throws Exception {
        Message message = Message.read("MSH|^~\\&|\rPID|||LS-7\rOBX|||GLU||5.1\rOBX|||NA||140\r".getBytes());

        byte[] written = ((Written) sms().write(message)).bytes();
        assertThat(new String(written, StandardCharsets.UTF_8))
                .isEqualTo("Results of LS-7:\nGLU = 5.1;\nNA = 140;\nBye");
        Message read = ((Readable) sms().read(written).get(0)).message();
        assertThat(read.get("PID-3.1")).isEqualTo("LS-7");
        assertThat(read.get("OBX[2]-5")).isEqualTo("140");
    }

    @Test
    void shouldTellWhereATextDiffers() throws Exception {
        List<InputRecord> records = sms().read("Results for LS-7:\nBye".getBytes(StandardCharsets.UTF_8));

        assertThat(records)
                .singleElement()
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        record -> assertThat(record.problem())
                                .isEqualTo("not as the template has it from its line 1 on"));
    }

    @Test
    void shouldEndWithAnOutcomeWhateverComes() throws Exception {
        Random random = new Random(7);
        byte[] text = "Results of LS-7:\nGLU = 5.1;\nNA = 140;\nBye".getBytes(StandardCharsets.UTF_8);
        byte[] good = ((Written) xml.write(Message.read(ADMISSION.getBytes(StandardCharsets.UTF_8)))).bytes();
        TextFormat sms = sms();
        for (int round = 0; round < 300; round++) {
            assertThat(xml.read(broken(good, random))).hasSize(1);
            assertThat(sms.read(broken(text, random))).hasSize(1);
        }
    }

    private static byte[] broken(byte[] good, Random random) {
        byte[] broken = good.clone();
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
        return broken;
    }
}
