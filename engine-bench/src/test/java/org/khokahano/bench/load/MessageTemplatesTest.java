package org.khokahano.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.v251.message.ADT_A01;
import ca.uhn.hl7v2.parser.PipeParser;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class MessageTemplatesTest {
    @Test
    void shouldBeAValidAdmissionOfAbout900Bytes() throws HL7Exception {
        MessageTemplates templates = new MessageTemplates("KB0001", 20, 1);
        for (int patient = 0; patient < 20; patient++) {
            String frame = frame(templates, patient, 42, 3);
            assertThat(frame.length()).isBetween(800, 1_000);
            ADT_A01 message = (ADT_A01) new PipeParser().parse(frame.substring(1, frame.length() - 2));
            assertThat(message.getMSH().getMessageControlID().getValue()).isEqualTo("KB00010000000042");
            assertThat(message.getPID()
                            .getPatientIdentifierList(0)
                            .getIDNumber()
                            .getValue())
                    .isEqualTo(String.format("P%06d", patient));
        }
    }

    @Test
    void shouldCarryTheRunningNumberInItsLastSegment() {
        byte[] bytes = Bytes.ascii(frame(new MessageTemplates("KB0001", 2, 1), 1, 42, 1_234));
        assertThat(MessageTemplates.runningNumber(bytes, bytes.length - 2)).isEqualTo(1_234);
        assertThat(MessageTemplates.runningNumber(bytes, 100)).isEqualTo(-1);
    }

    @Test
    void shouldInventTheSamePeopleForTheSameSeed() {
        String first = frame(new MessageTemplates("KB0001", 5, 1), 4, 1, 1);
        assertThat(frame(new MessageTemplates("KB0001", 5, 1), 4, 1, 1)).isEqualTo(first);
        assertThat(frame(new MessageTemplates("KB0001", 5, 2), 4, 1, 1)).isNotEqualTo(first);
    }

    private static String frame(MessageTemplates templates, int patient, long number, int runningNumber) {
        ByteBuf frame = templates.frame(UnpooledByteBufAllocator.DEFAULT, patient, number, runningNumber);
        try {
            return frame.toString(StandardCharsets.US_ASCII);
        } finally {
            frame.release();
        }
    }
}
