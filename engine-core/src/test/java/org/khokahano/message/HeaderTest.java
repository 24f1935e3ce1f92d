package org.khokahano.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.khokahano.message.Samples.message;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class HeaderTest {
    @Test
    void shouldReadEveryFieldOfMsh() {
        Header header = message("MSH|^~\\&|app^1^ISO|fac^2|rapp|rfac|20261122||ORU^R01^ORU_R01|"
                        + "id^7|T^A|2.5.1^LS|13|ptr|AL|NE|LSO|8859/1~UNICODE UTF-8|sot\rPID|1\r")
                .header();
        assertThat(header.sendingApplication()).isEqualTo("app");
        assertThat(header.sendingFacility()).isEqualTo("fac");
        assertThat(header.receivingApplication()).isEqualTo("rapp");
        assertThat(header.receivingFacility()).isEqualTo("rfac");
        assertThat(header.dateTime()).isEqualTo("20261122");
        assertThat(header.messageCode()).isEqualTo("ORU");
        assertThat(header.triggerEvent()).isEqualTo("R01");
        assertThat(header.messageStructure()).isEqualTo("ORU_R01");
        assertThat(header.controlId()).isEqualTo("id^7");
        assertThat(header.controlIdBytes()).isEqualTo("id^7".getBytes(StandardCharsets.US_ASCII));
        assertThat(header.processingId()).isEqualTo("T");
        assertThat(header.version()).isEqualTo("2.5.1");
        assertThat(header.sequenceNumber()).isEqualTo("13");
        assertThat(header.continuationPointer()).isEqualTo("ptr");
        assertThat(header.acceptAckType()).isEqualTo("AL");
        assertThat(header.applicationAckType()).isEqualTo("NE");
        assertThat(header.countryCode()).isEqualTo("LSO");
        assertThat(header.characterSet()).isEqualTo("8859/1");
        assertThat(header.text(18)).isEqualTo("8859/1~UNICODE UTF-8");
        assertThat(header.raw(1)).isEqualTo(new byte[] {'|'});
        assertThat(header.raw(2)).isEqualTo("^~\\&".getBytes(StandardCharsets.US_ASCII));
        assertThat(header.raw(4)).isEqualTo("fac^2".getBytes(StandardCharsets.US_ASCII));
        assertThat(header.text(19)).isEqualTo("sot");
        assertThat(header.fieldCount()).isEqualTo(19);
        assertThat(header.has(8)).isFalse();
        assertThat(header.has(19)).isTrue();
        assertThat(header.raw(20)).isEmpty();
        assertThat(header.raw(0)).isEmpty();
        assertThat(header.raw(99)).isEmpty();
    }

    @Test
    void shouldReadAHeaderWithMoreFieldsThanAnyVersionHas() {
        Message message = message("MSH|^~\\&|" + "x|".repeat(60) + "last\r");
        assertThat(message.header().fieldCount()).isEqualTo(40);
        assertThat(message.header().text(40)).isEqualTo("x");
        assertThat(message.get("MSH-63")).isEqualTo("last");
    }

    @ParameterizedTest
    @CsvSource({
        "ADT^A01, 2.5, ADT_A01",
        "ADT^A04, 2.5, ADT_A01",
        "ADT^A08, 2.4, ADT_A01",
        "ADT^A08, 2.3.1, ADT_A08",
        "ORU^R01, 2.4, ORU_R01",
        "ADT^A28, 2.5.1, ADT_A05",
        "SIU^S13, 2.5, SIU_S12",
        "ADT^A04, 2.9, ADT_A01",
        "ADT^A04, '', ADT_A01",
        "ADT^A04, nonsense, ADT_A01",
        "ADT^A04, 2.7.1, ADT_A01",
        "ACK^A01, 2.5, ACK",
        "ACK, 2.5, ACK",
        "ZZZ^Z99, 2.5, ZZZ_Z99",
        "ADT^A04^ADT_X77, 2.5, ADT_X77",
        "'', 2.5, ''",
    })
    @DisplayName("R56 Without MSH-9.3 the structure follows from MSH-9.1 and MSH-9.2")
    void shouldDeriveTheStructure(String type, String version, String structure) {
        Message message = message("MSH|^~\\&|||||||" + type + "|1|P|" + version + "\r");
        assertThat(message.structure()).isEqualTo(structure);
    }
}
