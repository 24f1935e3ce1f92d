package org.khokahano.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.bench.load.PhaseResult;

@Tag("unit")
class ReportTest {
    private static final Workspace WORKSPACE =
            new Workspace(Path.of("."), Path.of("out"), Path.of("java"), List.of("-Xmx1g"));

    @Test
    void shouldShowTheMedianOfTheRatiosWithinEachRound() {
        // The machine is twice as fast in round 2; only ratios within a round are meaningful.
        List<RoundResult> results = List.of(
                round(Peer.COPY, 1, 10_000, 0, Map.of("AA", 10_000L)),
                round(Peer.ENGINE, 1, 5_000, 0, Map.of("AA", 5_000L)),
                round(Peer.COPY, 2, 20_000, 0, Map.of("AA", 20_000L)),
                round(Peer.ENGINE, 2, 12_000, 0, Map.of("AA", 12_000L)),
                round(Peer.COPY, 3, 10_000, 0, Map.of("AA", 10_000L)),
                round(Peer.ENGINE, 3, 7_000, 3, Map.of("AA", 6_990L, "AE", 10L)));
        String table = new SideBySideReport(results, List.of(Scenario.FIFO), WORKSPACE).table();
        String engine = table.lines()
                .filter(line -> line.startsWith("engine"))
                .findFirst()
                .orElseThrow();
        assertThat(engine)
                .contains(" 7,000 ")
                .contains(" 0.60 ")
                .contains("10 AE")
                .containsPattern(" 3 +0 +0 ");
    }

    @Test
    void shouldWriteMarkdownAndJson(@TempDir Path directory) throws IOException {
        List<RoundResult> results = List.of(round(Peer.COPY, 1, 10_000, 0, Map.of("AA", 10_000L)));
        new SideBySideReport(results, List.of(Scenario.FIFO), WORKSPACE).write(directory);
        JsonNode json =
                new ObjectMapper().readTree(directory.resolve("report.json").toFile());
        assertThat(json.at("/rounds/0/deliveredPerSecond").asDouble()).isEqualTo(10_000);
        assertThat(Files.readString(directory.resolve("report.md"))).contains("| copy | 10,000 | 10,000 | 1.00 |");
    }

    @Test
    void shouldReadTheCostOfARunningProcess() {
        assumeTrue(Files.exists(Path.of("/proc/self/stat")), "needs /proc");
        ProcessUsage usage = ProcessUsage.of(ProcessHandle.current().pid());
        assertThat(usage.cpuMicros()).isPositive();
        assertThat(usage.peakResidentKilobytes()).isGreaterThanOrEqualTo(usage.residentKilobytes());
        assertThat(usage.residentKilobytes()).isGreaterThan(10_000);
        assertThat(usage.threads()).isGreaterThan(1);
        assertThat(usage.openFiles()).isPositive();
    }

    @Test
    void shouldSeeWhatElseRunsOnTheMachine() {
        int cores = Runtime.getRuntime().availableProcessors();
        MachineUsage before = new MachineUsage(1_000_000, 0);
        MachineUsage after = new MachineUsage(1_000_000 + 500_000L * cores, 1_000_000_000);
        // Half of all cores was busy, half of that by us.
        assertThat(after.othersPercent(before, 250_000L * cores)).isEqualTo(25.0);
        assumeTrue(Files.exists(Path.of("/proc/stat")), "needs /proc");
        assertThat(MachineUsage.now().busyMicros()).isPositive();
    }

    @Test
    void shouldListTheNamesThatExistWhenOneIsUnknown() {
        assertThat(Peer.labelled("camel-journal")).isEqualTo(Peer.CAMEL_JOURNAL);
        assertThatThrownBy(() -> Peer.labelled("camle")).hasMessageContaining("camel-journal");
        assertThatThrownBy(() -> Scenario.labelled("fast")).hasMessageContaining("lanes-64");
    }

    private static RoundResult round(Peer peer, int round, long messages, long lost, Map<String, Long> answers) {
        Histogram latency = new Histogram(3);
        latency.recordValue(1_000_000);
        PhaseResult result = new PhaseResult(
                messages,
                new TreeMap<>(answers),
                messages,
                0,
                0,
                messages,
                lost,
                0,
                0,
                0,
                0,
                0,
                1,
                1,
                latency,
                latency,
                false);
        return RoundResult.of(Scenario.FIFO, peer, round, result, new RoundResult.Cost(10, 10, 0, 1_024));
    }
}
