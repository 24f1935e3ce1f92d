package org.khokahano.bench.compare;

import static org.khokahano.bench.compare.CapacitySession.megabytes;
import static org.khokahano.bench.compare.CapacitySession.millis;
import static org.khokahano.bench.compare.CapacitySession.whole;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.khokahano.bench.load.LoadPhase;
import org.khokahano.bench.load.PhaseResult;

/** Many connections at once, and many one after the other. */
final class ConnectionScenarios {
    private static final List<String> HEADINGS =
            List.of("step", "seconds", "RSS MB", "threads", "open files", "ack/s", "ack p99 ms", "unanswered", "lost");

    private static final Duration LOAD = Duration.ofSeconds(5);
    private static final Duration SETTLE = Duration.ofSeconds(10);
    /** Descriptors that may come and go for reasons of the process's own. */
    private static final long FILE_SLACK = 20;

    private static final long CHECK_MESSAGES = 1_000;

    private final Workspace workspace;
    private final Peer peer;
    private final long seed;
    private final Progress progress;

    ConnectionScenarios(Workspace workspace, Peer peer, long seed, Progress progress) {
        this.workspace = workspace;
        this.peer = peer;
        this.seed = seed;
        this.progress = progress;
    }

    /** So many connections open at once, then all of them sending. */
    Sheet manyOpen(int count) throws IOException, InterruptedException {
        List<List<String>> rows = new ArrayList<>();
        try (CapacitySession session = new CapacitySession(workspace, peer, "connections", count, seed, true)) {
            ProcessUsage before = session.process().usage();
            rows.add(row("started", session.startTime(), before));
            long start = System.nanoTime();
            session.connect(count);
            rows.add(row(
                    whole(count) + " open",
                    Duration.ofNanos(System.nanoTime() - start),
                    session.process().usage()));
            PhaseResult result = session.harness().run(LoadPhase.lasting(LOAD, 0), progress.phase("connections"));
            rows.add(loaded("all sending", LOAD, session.process().usage(), result));
            session.harness().disconnect();
            long closing = System.nanoTime();
            ProcessUsage after = settled(session, before.openFiles() + FILE_SLACK);
            rows.add(row("all closed", Duration.ofNanos(System.nanoTime() - closing), after));
        }
        return new Sheet(whole(count) + " open connections: " + peer.label(), HEADINGS, rows);
    }

    /** So many connections opened and closed, every other one with a reset; then it must still work. */
    Sheet openedAndClosed(int count) throws IOException, InterruptedException {
        List<List<String>> rows = new ArrayList<>();
        try (CapacitySession session = new CapacitySession(workspace, peer, "churn", 8, seed, true)) {
            ProcessUsage before = session.process().usage();
            rows.add(row("started", session.startTime(), before));
            long start = System.nanoTime();
            for (int index = 0; index < count; index++) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), session.inPort())) {
                    socket.setSoLinger(index % 2 == 0, 0);
                }
            }
            Duration churned = Duration.ofNanos(System.nanoTime() - start);
            ProcessUsage after = settled(session, before.openFiles() + FILE_SLACK);
            rows.add(row(whole(count) + " opened and closed", churned, after));
            session.connect(8);
            PhaseResult result = session.harness().run(LoadPhase.of(CHECK_MESSAGES), progress.phase("churn"));
            rows.add(loaded(
                    whole(CHECK_MESSAGES) + " messages after it",
                    Duration.ofMillis((long) (result.deliverSeconds() * 1_000)),
                    session.process().usage(),
                    result));
        }
        return new Sheet(whole(count) + " connections opened and closed: " + peer.label(), HEADINGS, rows);
    }

    /** The usage once so few files are open, or after ten seconds. */
    private static ProcessUsage settled(CapacitySession session, long openFiles) throws InterruptedException {
        long end = System.nanoTime() + SETTLE.toNanos();
        ProcessUsage usage = session.process().usage();
        while (usage.openFiles() > openFiles && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
            usage = session.process().usage();
        }
        return usage;
    }

    private static List<String> row(String step, Duration time, ProcessUsage usage) {
        return List.of(
                step,
                String.format(Locale.ROOT, "%.2f", time.toMillis() / 1e3),
                megabytes(usage.residentKilobytes()),
                Long.toString(usage.threads()),
                Long.toString(usage.openFiles()),
                "",
                "",
                "",
                "");
    }

    private static List<String> loaded(String step, Duration time, ProcessUsage usage, PhaseResult result) {
        List<String> row = new ArrayList<>(row(step, time, usage).subList(0, 5));
        row.add(whole(result.acceptedPerSecond()));
        row.add(millis(result.ackNanos().getValueAtPercentile(99)));
        row.add(Long.toString(result.unanswered()));
        row.add(Long.toString(result.lost()));
        return row;
    }
}
