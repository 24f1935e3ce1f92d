package org.khokahano.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.khokahano.bench.load.LoadHarness;
import org.khokahano.bench.load.LoadPhase;
import org.khokahano.bench.load.PhaseResult;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the engine and its peers in turn, several rounds in one run, and reports the medians. */
@Command(
        name = "side-by-side",
        mixinStandardHelpOptions = true,
        description = "Measures the engine and its peers in turn under the same load.")
public final class SideBySide implements Callable<Integer> {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);

    @Option(names = "--peers", split = ",", defaultValue = "engine,copy,camel,camel-journal,hapi")
    private List<String> peers = List.of();

    @Option(names = "--scenarios", split = ",", defaultValue = "fifo,lanes-8,lanes-64,open-500")
    private List<String> scenarios = List.of();

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds; the table shows their medians.")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "5", description = "Length of a measured stretch at most.")
    private int seconds;

    @Option(names = "--warmup-seconds", defaultValue = "8", description = "Load before each measured stretch.")
    private int warmupSeconds;

    @Option(names = "--messages", description = "Messages of a measured stretch at most.")
    private long messages = Long.MAX_VALUE;

    @Option(names = "--seed", defaultValue = "20261122", description = "The same seed gives the same people.")
    private long seed;

    @Mixin
    private final WorkspaceOptions options = new WorkspaceOptions("side-by-side");

    private final Progress progress = new Progress(System.err);

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SideBySide()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Workspace workspace = options.workspace();
        List<Peer> chosenPeers =
                new ArrayList<>(peers.stream().map(Peer::labelled).toList());
        List<Scenario> chosen = scenarios.stream().map(Scenario::labelled).toList();
        List<RoundResult> results = new ArrayList<>();
        int failures = 0;
        for (Scenario scenario : chosen) {
            for (int round = 1; round <= rounds; round++) {
                for (Peer peer : chosenPeers) {
                    progress.step(scenario.label() + ", round " + round + " of " + rounds + ": " + peer.label());
                    try {
                        results.add(measure(workspace, scenario, peer, round));
                    } catch (IOException e) {
                        failures++;
                        progress.step("FAILED " + peer.label() + ": " + e.getMessage());
                    }
                }
                // Whoever comes first finds the machine coolest: take turns.
                Collections.rotate(chosenPeers, 1);
            }
        }
        progress.done();
        SideBySideReport report = new SideBySideReport(results, chosen, workspace);
        System.out.println(report.table());
        Files.createDirectories(workspace.output());
        report.write(workspace.output());
        return failures > 0 || results.stream().anyMatch(RoundResult::stalled) ? 1 : 0;
    }

    private RoundResult measure(Workspace workspace, Scenario scenario, Peer peer, int round)
            throws IOException, InterruptedException {
        String name = scenario.label() + "-" + peer.label();
        Path data = workspace.freshData(name);
        Path log = workspace.output().resolve("logs").resolve(name + "-" + round + ".log");
        Files.deleteIfExists(log);
        try (LoadHarness harness = new LoadHarness(round, scenario.connections(), seed)) {
            MeasuredProcess.Launch launch = new MeasuredProcess.Launch(
                    peer, scenario.lanes(), Workspace.freePort(), harness.openSink(0), Workspace.freePort(), data, log);
            try (MeasuredProcess process = MeasuredProcess.start(workspace, launch)) {
                process.awaitReady();
                harness.connect(launch.inPort(), scenario.connections(), CONNECT_LIMIT);
                return load(harness, process, scenario, round);
            }
        } finally {
            Workspace.delete(data);
        }
    }

    private RoundResult load(LoadHarness harness, MeasuredProcess process, Scenario scenario, int round) {
        double rate = scenario.ratePerSecond();
        harness.run(LoadPhase.lasting(Duration.ofSeconds(warmupSeconds), rate), progress.phase("warm-up "));
        LoadPhase measured = new LoadPhase(messages, Duration.ofSeconds(seconds), rate, LoadPhase.DEFAULT_DRAIN);
        ProcessUsage before = process.usage();
        ProcessUsage harnessBefore = ProcessUsage.of(ProcessHandle.current().pid());
        MachineUsage machineBefore = MachineUsage.now();
        PhaseResult result = harness.run(measured, progress.phase("measured"));
        ProcessUsage after = process.usage();
        ProcessUsage harnessAfter = ProcessUsage.of(ProcessHandle.current().pid());
        long ownMicros = after.cpuMicros() - before.cpuMicros() + harnessAfter.cpuMicros() - harnessBefore.cpuMicros();
        RoundResult.Cost cost = new RoundResult.Cost(
                after.cpuMicrosPerMessage(before, result.delivered()),
                harnessAfter.cpuMicrosPerMessage(harnessBefore, result.delivered()),
                MachineUsage.now().othersPercent(machineBefore, ownMicros),
                after.peakResidentKilobytes());
        return RoundResult.of(scenario, process.launch().peer(), round, result, cost);
    }
}
