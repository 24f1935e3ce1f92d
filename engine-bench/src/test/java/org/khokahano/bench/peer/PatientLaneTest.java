package org.khokahano.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class PatientLaneTest {
    @Test
    void shouldChooseByTheFirstComponentOfPid3Alone() {
        int lane = PatientLane.of(message("P000007^^^QMMH^MR"), 8);
        assertThat(PatientLane.of(message("P000007"), 8)).isEqualTo(lane);
        assertThat(PatientLane.of(message("P000007~800^^^LSO^NI"), 8)).isEqualTo(lane);
    }

    @Test
    void shouldUseEveryLaneOverManyPatients() {
        Set<Integer> lanes = new HashSet<>();
        for (int patient = 0; patient < 100; patient++) {
            lanes.add(PatientLane.of(message("P" + (100_000 + patient)), 8));
        }
        assertThat(lanes).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void shouldTakeTheFirstLaneWithoutAPatient() {
        assertThat(PatientLane.of("MSH|^~\\&|A\r".getBytes(StandardCharsets.US_ASCII), 8))
                .isZero();
    }

    @Test
    void shouldNameTheVariableThatIsWrong() {
        assertThatThrownBy(() -> RelaySettings.from(Map.of("RELAY_IN", "port"))).hasMessageContaining("RELAY_IN");
        assertThat(RelaySettings.from(Map.of("RELAY_LANES", "8")).lanes()).isEqualTo(8);
    }

    private static byte[] message(String patient) {
        return ("MSH|^~\\&|A\rEVN|A01\rPID|1||" + patient + "||X^Y\r").getBytes(StandardCharsets.US_ASCII);
    }
}
