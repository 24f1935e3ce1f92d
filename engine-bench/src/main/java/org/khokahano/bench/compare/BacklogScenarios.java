package org.khokahano.bench.compare;

import static org.khokahano.bench.compare.CapacitySession.megabytes;
import static org.khokahano.bench.compare.CapacitySession.millis;
import static org.khokahano.bench.compare.CapacitySession.tenth;
import static org.khokahano.bench.compare.CapacitySession.whole;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.khokahano.bench.load.LoadPhase;
import org.khokahano.bench.load.PhaseResult;

/** What a store and a queue that grow do to speed, memory and restarts. */
final class BacklogScenarios {
    private static final int CONNECTIONS = 64;
    private static final Duration DRAIN_QUIET = Duration.ofSeconds(60);

    private final Workspace workspace;
    private final Peer peer;
    private final long seed;
    private final Progress progress;

    BacklogScenarios(Workspace workspace, Peer peer, long seed, Progress progress) {
        this.workspace = workspace;
        this.peer = peer;
        this.seed = seed;
        this.progress = progress;
    }

    /** A destination that is down while messages keep coming. Ends early if the process gives up. */
    Sheet queue(long messages, long step) throws IOException, InterruptedException {
        List<List<String>> rows = new ArrayList<>();
        try (CapacitySession session = new CapacitySession(workspace, peer, "queue", CONNECTIONS, seed, false)) {
            session.connect(CONNECTIONS);
            long queued = 0;
            boolean healthy = true;
            while (queued < messages && healthy) {
                ProcessUsage before = session.process().usage();
                PhaseResult result = session.harness()
                        .run(
                                LoadPhase.of(Math.min(step, messages - queued)).draining(Duration.ZERO),
                                progress.phase("queue"));
                ProcessUsage after = session.process().usage();
                queued += result.accepted();
                healthy = session.process().isAlive() && !result.stalled();
                rows.add(List.of(
                        whole(queued),
                        whole(result.acceptedPerSecond()),
                        millis(result.ackNanos().getValueAtPercentile(99)),
                        millis(result.ackNanos().getMaxValue()),
                        tenth(after.cpuMicrosPerMessage(before, result.accepted())),
                        megabytes(after.residentKilobytes()),
                        megabytes(after.peakResidentKilobytes()),
                        session.dataMegabytes(),
                        result.acknowledged().toString(),
                        session.process().isAlive() ? "running" : "ended"));
            }
        }
        return new Sheet(
                "Queue before a closed port, " + String.join(" ", workspace.jvmOptions()) + ": " + peer.label(),
                List.of(
                        "queued",
                        "ack/s",
                        "ack p99 ms",
                        "ack max ms",
                        "CPU µs/msg",
                        "RSS MB",
                        "peak MB",
                        "data MB",
                        "answers",
                        "process"),
                rows);
    }

    /** Ready again with a queue; then the destination comes back, and everything must arrive. */
    Sheet restart(long messages) throws IOException, InterruptedException {
        List<List<String>> rows = new ArrayList<>();
        try (CapacitySession session = new CapacitySession(workspace, peer, "restart", CONNECTIONS, seed, false)) {
            rows.add(List.of("first start, empty", millis(session.startTime().toNanos()), "0", ""));
            session.connect(CONNECTIONS);
            PhaseResult filled = session.harness()
                    .run(LoadPhase.of(messages).draining(Duration.ZERO), progress.phase("restart, filling"));
            session.harness().disconnect();
            long stopping = System.nanoTime();
            boolean clean = session.process().stop();
            String stopMillis = millis(System.nanoTime() - stopping);
            rows.add(List.of("stop", stopMillis, whole(filled.accepted()), clean ? "clean" : "had to be killed"));
            session.startAgain();
            rows.add(List.of("start after stop", millis(session.startTime().toNanos()), whole(filled.accepted()), ""));
            session.process().kill();
            session.startAgain();
            rows.add(List.of("start after kill", millis(session.startTime().toNanos()), whole(filled.accepted()), ""));
            rows.add(drain(session));
        }
        return new Sheet(
                "Restart with " + whole(messages) + " queued: " + peer.label(),
                List.of("step", "ms", "not delivered", "remark"),
                rows);
    }

    private List<String> drain(CapacitySession session) throws IOException {
        session.openDestination();
        session.connect(1);
        long start = System.nanoTime();
        PhaseResult last =
                session.harness().run(LoadPhase.of(1).draining(DRAIN_QUIET), progress.phase("restart, draining"));
        String remark = "duplicated " + last.duplicated() + ", misordered " + last.misordered();
        return List.of(
                "destination back, drained",
                millis(System.nanoTime() - start),
                whole(session.harness().acceptedNotArrived()),
                remark);
    }

    /** The same load from an empty store to one with so many messages. */
    Sheet curve(long messages, long step) throws IOException, InterruptedException {
        List<List<String>> rows = new ArrayList<>();
        try (CapacitySession session = new CapacitySession(workspace, peer, "curve", CONNECTIONS, seed, true)) {
            session.connect(CONNECTIONS);
            long total = 0;
            boolean healthy = true;
            while (total < messages && healthy) {
                ProcessUsage before = session.process().usage();
                PhaseResult result =
                        session.harness().run(LoadPhase.of(Math.min(step, messages - total)), progress.phase("curve"));
                ProcessUsage after = session.process().usage();
                total += result.accepted();
                healthy = session.process().isAlive() && !result.stalled();
                rows.add(List.of(
                        whole(total),
                        whole(result.acceptedPerSecond()),
                        whole(result.deliveredPerSecond()),
                        tenth(after.cpuMicrosPerMessage(before, result.delivered())),
                        millis(result.ackNanos().getValueAtPercentile(99)),
                        millis(result.ackNanos().getMaxValue()),
                        millis(result.endToEndNanos().getValueAtPercentile(99)),
                        megabytes(after.residentKilobytes()),
                        session.dataMegabytes(),
                        result.lost() + "/" + result.duplicated() + "/" + result.misordered()));
            }
        }
        return new Sheet(
                "Cost of a message as the store grows: " + peer.label(),
                List.of(
                        "messages",
                        "ack/s",
                        "delivered/s",
                        "CPU µs/msg",
                        "ack p99 ms",
                        "ack max ms",
                        "end-to-end p99 ms",
                        "RSS MB",
                        "data MB",
                        "lost/dup/misord"),
                rows);
    }
}
