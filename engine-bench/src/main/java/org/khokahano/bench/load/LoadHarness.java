package org.khokahano.bench.load;

import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Generator and sink around one measured process. Open the sink, start the process, connect, run
 * phases. Calls block; they belong to one thread that is not the event loop's.
 */
// The two futures are waited for; the analysis does not see through the nesting.
@SuppressWarnings("FutureReturnValueIgnored")
public final class LoadHarness implements AutoCloseable {
    private static final int PATIENTS = 1_000;
    private static final long PROGRESS_MILLIS = 500;

    /** Told about twice a second how far a phase has come. */
    public interface ProgressListener {
        void onProgress(long accepted, long delivered);
    }

    private final Transport transport = Transport.best();
    private final EventLoopGroup loops = transport.eventLoops(1, "load");
    private final EventLoop loop = loops.next();
    private final byte[] controlPrefix;
    private final MessageTemplates templates;
    private final MessageLedger ledger;
    private final RecordingSink sink;
    private final PhaseRecorder beforeAnyPhase;
    private volatile @Nullable LoadGenerator generator;

    /**
     * @param run tells this run's control ids from others'
     * @param mostConnections the most connections that will be opened; each has its own patients
     * @param seed the same seed gives the same people
     */
    public LoadHarness(int run, int mostConnections, long seed) {
        String prefix = String.format(Locale.ROOT, "KB%04d", run % 10_000);
        int patients = Math.max(PATIENTS, mostConnections);
        controlPrefix = Bytes.ascii(prefix);
        templates = new MessageTemplates(prefix, patients, seed);
        ledger = new MessageLedger(patients);
        beforeAnyPhase = new PhaseRecorder(ledger);
        sink = new RecordingSink(loops, transport, controlPrefix, ledger, this::recorder);
    }

    /** Opens the sink on a port, 0 for a free one, and returns the port. */
    public int openSink(int port) {
        return sink.open(port);
    }

    /** Stops listening and drops the sink's connections; the port then refuses. */
    public void closeSink() {
        sink.close();
    }

    /**
     * Opens the generator's connections to 127.0.0.1.
     *
     * @throws IOException if one of them cannot be opened within the timeout
     */
    public void connect(int port, int connections, Duration timeout) throws IOException {
        LoadGenerator created = new LoadGenerator(loop, transport, controlPrefix, templates, ledger, port);
        generator = created;
        List<ChannelFuture> opening = loop.submit(() -> created.connect(connections))
                .syncUninterruptibly()
                .getNow();
        long end = System.nanoTime() + timeout.toNanos();
        for (ChannelFuture one : opening) {
            boolean done = one.awaitUninterruptibly(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (!done || !one.isSuccess()) {
                throw new IOException("Could not open " + connections + " connections to port " + port, one.cause());
            }
        }
    }

    /** Closes the generator's connections. */
    public void disconnect() {
        LoadGenerator current = generator;
        if (current != null) {
            loop.submit(current::disconnect).syncUninterruptibly();
        }
    }

    /** Runs one phase to its end. */
    public PhaseResult run(LoadPhase phase, ProgressListener progress) {
        LoadGenerator current = generator;
        if (current == null) {
            throw new IllegalStateException("connect first");
        }
        Future<Promise<PhaseResult>> started = loop.submit(() -> current.start(phase));
        Promise<PhaseResult> finished = started.syncUninterruptibly().getNow();
        while (!finished.awaitUninterruptibly(PROGRESS_MILLIS)) {
            PhaseRecorder recorder = current.recorder();
            progress.onProgress(recorder.accepted(), recorder.delivered());
        }
        return finished.getNow();
    }

    /** Messages of all phases that were positively acknowledged and have not arrived so far. */
    public long acceptedNotArrived() {
        return loop.submit(ledger::acceptedNotArrived).syncUninterruptibly().getNow();
    }

    @Override
    public void close() {
        disconnect();
        sink.close();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private PhaseRecorder recorder() {
        LoadGenerator current = generator;
        return current == null ? beforeAnyPhase : current.recorder();
    }
}
