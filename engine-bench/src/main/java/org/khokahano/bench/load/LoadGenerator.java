package org.khokahano.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends a phase's messages over its connections. All but the constructor runs on the event loop. */
// What the loop runs for us reports through the recorder, not through its future.
@SuppressWarnings("FutureReturnValueIgnored")
final class LoadGenerator {
    private static final long ANSWER_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long CHECK_MILLIS = 20;
    /** After everything has arrived, so that a duplicate right behind is still seen. */
    private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

    private final EventLoop loop;
    private final Bootstrap bootstrap;
    private final byte[] controlPrefix;
    private final MessageTemplates templates;
    private final MessageLedger ledger;
    private final int port;
    private final List<LoadConnection> connections = new ArrayList<>();
    private PhaseRecorder recorder;
    private @Nullable ActivePhase active;

    LoadGenerator(
            EventLoop loop,
            Transport transport,
            byte[] controlPrefix,
            MessageTemplates templates,
            MessageLedger ledger,
            int port) {
        this.loop = loop;
        this.controlPrefix = controlPrefix;
        this.templates = templates;
        this.ledger = ledger;
        this.port = port;
        this.recorder = new PhaseRecorder(ledger);
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channel(transport.channelType())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 10_000);
    }

    /** A phase that is under way. */
    private final class ActivePhase {
        final LoadPhase phase;
        final Promise<PhaseResult> finished;
        final long startNanos = System.nanoTime();
        final long endNanos;
        final long[] scheduledCount = new long[connections.size()];

        ActivePhase(LoadPhase phase, Promise<PhaseResult> finished) {
            this.phase = phase;
            this.finished = finished;
            this.endNanos = startNanos + phase.duration().toNanos();
        }

        boolean mayStillSend(long nowNanos) {
            return nowNanos < endNanos && recorder.sent() < phase.messages();
        }

        /** When this connection's next message is due on the fixed schedule. */
        long dueNanos(int connection) {
            long position = connection + scheduledCount[connection] * connections.size();
            return startNanos + (long) (position * 1e9 / phase.ratePerSecond());
        }
    }

    int port() {
        return port;
    }

    Bootstrap bootstrap() {
        return bootstrap;
    }

    byte[] controlPrefix() {
        return controlPrefix;
    }

    PhaseRecorder recorder() {
        return recorder;
    }

    /** Opens so many connections; the answers say when each is open. */
    List<ChannelFuture> connect(int count) {
        List<ChannelFuture> opening = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            LoadConnection connection = new LoadConnection(this, index);
            connections.add(connection);
            opening.add(connection.connect(bootstrap));
        }
        return opening;
    }

    void disconnect() {
        connections.forEach(LoadConnection::close);
        connections.clear();
    }

    Promise<PhaseResult> start(LoadPhase phase) {
        Promise<PhaseResult> finished = loop.newPromise();
        recorder = new PhaseRecorder(ledger);
        active = new ActivePhase(phase, finished);
        connections.forEach(this::onReady);
        scheduleCheck();
        return finished;
    }

    /** A connection has its answer, or is open again. */
    void onReady(LoadConnection connection) {
        ActivePhase current = active;
        if (current == null || !connection.isReady() || !current.mayStillSend(System.nanoTime())) {
            return;
        }
        if (current.phase.ratePerSecond() == 0) {
            send(connection, System.nanoTime());
            return;
        }
        long due = current.dueNanos(connection.index());
        if (due >= current.endNanos) {
            return;
        }
        long waitNanos = due - System.nanoTime();
        if (waitNanos > 0) {
            loop.schedule(() -> onReady(connection), waitNanos, TimeUnit.NANOSECONDS);
        } else {
            current.scheduledCount[connection.index()]++;
            send(connection, due);
        }
    }

    private void send(LoadConnection connection, long intendedNanos) {
        int patient = patientOf(connection);
        long number = ledger.send(patient, intendedNanos);
        ByteBuf frame = templates.frame(ByteBufAllocator.DEFAULT, patient, number, ledger.runningNumber(number));
        long now = System.nanoTime();
        recorder.onSend(now);
        connection.send(number, frame, now);
    }

    /** Patients are dealt out to the connections, so that each patient's order is defined. */
    private int patientOf(LoadConnection connection) {
        int stride = connections.size();
        int own = (templates.patients() - connection.index() + stride - 1) / stride;
        return connection.index() + (connection.messagesSent() % own) * stride;
    }

    private void scheduleCheck() {
        loop.schedule(this::check, CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void check() {
        ActivePhase current = active;
        if (current == null) {
            return;
        }
        long now = System.nanoTime();
        connections.forEach(connection -> connection.expire(now, ANSWER_TIMEOUT_NANOS));
        long quietNanos = now - Math.max(current.startNanos, recorder.lastEventNanos());
        boolean stalled = quietNanos > STALL_NANOS && current.phase.ratePerSecond() == 0;
        boolean sending = current.mayStillSend(now) || !connections.stream().allMatch(LoadConnection::isIdle);
        if (stalled || (!sending && isDrained(current.phase, quietNanos))) {
            active = null;
            current.finished.setSuccess(recorder.result(stalled));
        } else {
            scheduleCheck();
        }
    }

    private boolean isDrained(LoadPhase phase, long quietNanos) {
        Duration drain = phase.drain();
        return drain.isZero()
                || (ledger.acceptedNotArrived() == 0 && quietNanos > LINGER_NANOS)
                || quietNanos > drain.toNanos();
    }
}
