package org.khokahano.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.khokahano.bench.load.LoadHarness;

/** One harness and one started process, which may be stopped and started again on the same data. */
final class CapacitySession implements AutoCloseable {
    private static final int LANES = 8;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(60);

    private final Workspace workspace;
    private final LoadHarness harness;
    private final MeasuredProcess.Launch launch;
    private MeasuredProcess process;
    private Duration startTime;

    /** Starts the process; the sink is opened only if the destination shall be reachable. */
    CapacitySession(Workspace workspace, Peer peer, String name, int mostConnections, long seed, boolean reachable)
            throws IOException, InterruptedException {
        this.workspace = workspace;
        this.harness = new LoadHarness(1, mostConnections, seed);
        Path log = workspace.output().resolve("logs").resolve(name + "-" + peer.label() + ".log");
        Files.deleteIfExists(log);
        int outPort = Workspace.freePort();
        this.launch = new MeasuredProcess.Launch(
                peer,
                LANES,
                Workspace.freePort(),
                reachable ? harness.openSink(outPort) : outPort,
                Workspace.freePort(),
                workspace.freshData(name + "-" + peer.label()),
                log);
        this.process = MeasuredProcess.start(workspace, launch);
        try {
            this.startTime = process.awaitReady();
        } catch (IOException | InterruptedException e) {
            process.close();
            harness.close();
            throw e;
        }
    }

    LoadHarness harness() {
        return harness;
    }

    MeasuredProcess process() {
        return process;
    }

    int inPort() {
        return launch.inPort();
    }

    /** How long the last start took until it was ready. */
    Duration startTime() {
        return startTime;
    }

    void connect(int connections) throws IOException {
        harness.connect(launch.inPort(), connections, CONNECT_LIMIT);
    }

    /** Lets the destination, closed so far, answer. */
    void openDestination() {
        harness.openSink(launch.outPort());
    }

    /** Starts the process again, after it was stopped or killed. */
    void startAgain() throws IOException, InterruptedException {
        process = MeasuredProcess.start(workspace, launch);
        startTime = process.awaitReady();
    }

    /** What the process has on disk, in MB. */
    String dataMegabytes() throws IOException {
        return whole(Workspace.size(launch.data()) / 1048576.0);
    }

    @Override
    public void close() throws IOException {
        process.close();
        harness.close();
        Workspace.delete(launch.data());
    }

    static String whole(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    static String tenth(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    static String megabytes(long kilobytes) {
        return whole(kilobytes / 1024.0);
    }

    static String millis(long nanos) {
        return tenth(nanos / 1e6);
    }
}
