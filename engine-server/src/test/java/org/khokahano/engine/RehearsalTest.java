package org.khokahano.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.khokahano.cases.Coverage;
import org.khokahano.config.ConfigurationReader;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.yaml.Environment;
import org.khokahano.engine.RehearsedMessage.Planned;

@Tag("unit")
class RehearsalTest {
    private static final long RECEIVED_MILLIS = 1_793_000_000_000L;
    private static final EngineConfig HUB = ConfigurationReader.read(
                    Path.of("..", "config", "national-hub"), Environment.ofProcess())
            .config()
            .orElseThrow();

    private final Rehearsal rehearsal = new Rehearsal(HUB, new Coverage(HUB));

    @Test
    void shouldPlanWhatTheEngineWouldAndAnswerTheSender() {
        RehearsedMessage outcome = receive(
                "MSH|^~\\&|EHR|QMMH|HUB|NATIONAL|20261103081500||ADT^A01^ADT_A01|Q-1|P|2.5.1|||||LSO|UNICODE UTF-8\r"
                        + "EVN|A01|20261103081500\r"
                        + "PID|1||Q042117^^^QMMH^MR||Mokoena^Palesa^^^^^L||19900412|F|||Ha Thetsane^^Maseru^^100^LSO^H\r"
                        + "PV1|1|I|MED^12^A^QMMH\r");

        assertThat(outcome.refused()).isEmpty();
        assertThat(outcome.deliveries())
                .extracting(Planned::destination)
                .containsExactlyInAnyOrder("client-registry", "ministry-reporting");
        assertThat(outcome.deliveries()).allMatch(planned -> planned.held().isEmpty());
        assertThat(text(outcome)).contains("MSA|AA|Q-1");
    }

    @Test
    void shouldAnswerTheSameBytesWhenTheSameMessageIsRehearsedTwice() {
        String message = "MSH|^~\\&|EHR|QMMH|H|N|20261103||ADT^A01^ADT_A01|Q-1|P|2.5.1\r";

        assertThat(text(receive(message))).isEqualTo(text(receive(message)));
    }

    @Test
    void shouldTellWhyWhenTheMessageIsNotTaken() {
        RehearsedMessage outcome = receive("MSH|^~\\&|EHR|QMMH|H|N|20261103||MDM^T01|Q-2|P|2.5.1\r");

        assertThat(outcome.refused().orElseThrow().code()).isEqualTo("unsupportedType");
        assertThat(outcome.deliveries()).isEmpty();
        assertThat(outcome.routes()).isEmpty();
        assertThat(text(outcome)).contains("MSA|AR|Q-2");
    }

    @Test
    void shouldTellWhyWhenTheBytesAreNoMessage() {
        RehearsedMessage outcome = receive("nothing of HL7");

        assertThat(outcome.refused().orElseThrow().code()).isEqualTo("noMsh");
        assertThat(outcome.answers()).hasSize(1);
    }

    private RehearsedMessage receive(String message) {
        return rehearsal.receive("qmmh-ehr", message.getBytes(StandardCharsets.UTF_8), RECEIVED_MILLIS);
    }

    private static String text(RehearsedMessage outcome) {
        return new String(outcome.answers().get(0), StandardCharsets.UTF_8);
    }
}
