package org.khokahano.mllp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.khokahano.accept.Intake;
import org.khokahano.accept.Received;
import org.khokahano.accept.Reply;
import org.khokahano.event.EngineEvents;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a listener: frames in, acknowledgements out in the order of the frames. Everything
 * runs on the connection's event loop.
 */
final class MllpConnection extends ChannelInboundHandlerAdapter implements FrameDecoder.Sink {

    private static final Logger LOG = LoggerFactory.getLogger(MllpConnection.class);

    private final ChannelHandlerContext context;
    private final MllpListenerSettings config;
    private final Intake intake;
    private final EngineEvents events;
    private final EngineClock clock;
    private final SerialExecutor executor;
    private final String remote;
    private final FrameDecoder decoder;
    private final ArrayDeque<Exchange> unanswered = new ArrayDeque<>();
    private SerialExecutor.@Nullable Scheduled frameTimer;
    private boolean silent = true;
    private boolean closeWhenAnswered;
    private boolean waitingForRelief;
    private long readNanos;

    MllpConnection(
            ChannelHandlerContext context,
            MllpListenerSettings config,
            Intake intake,
            EngineEvents events,
            EngineClock clock,
            SerialExecutor executor) {
        this.context = context;
        this.config = config;
        this.intake = intake;
        this.events = events;
        this.clock = clock;
        this.executor = executor;
        this.remote = context.channel().remoteAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : "unknown";
        this.decoder = new FrameDecoder(config.maxFrameBytes(), config.strict(), this);
    }

    /** One frame and its answer. */
    private final class Exchange implements Reply {
        private byte @Nullable [] acknowledgement;
        private byte @Nullable [] applicationAcknowledgement;
        private boolean answered;

        @Override
        public SerialExecutor executor() {
            return executor;
        }

        @Override
        public void send(byte @Nullable [] bytes) {
            if (answered) {
                throw new IllegalStateException("a frame was answered twice");
            }
            acknowledgement = bytes;
            answered = true;
            writeAnswers();
        }

        @Override
        public void send(byte @Nullable [] bytes, byte[] applicationBytes) {
            applicationAcknowledgement = applicationBytes;
            send(bytes);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object in) {
        ByteBuf bytes = (ByteBuf) in;
        try {
            silent = false;
            readNanos = clock.nanoTime();
            decoder.feed(bytes);
        } finally {
            bytes.release();
        }
        watchFrame();
        watchLoad();
    }

    @Override
    public void frame(byte[] payload) {
        cancelFrameTimer();
        Exchange exchange = new Exchange();
        unanswered.add(exchange);
        intake.receive(new Received(payload, remote, readNanos), exchange);
    }

    @Override
    public void interrupted(byte[] partial) {
        cancelFrameTimer();
        intake.unframed(new Received(partial, remote, readNanos), "interruptedFrame", executor);
    }

    @Override
    public void skipped(long offset, int length) {
        events.bytesSkipped(intake.listener(), length);
        LOG.warn(
                "listener {}: {} bytes outside of a frame skipped at offset {} of the connection" + " from {}",
                intake.listener(),
                length,
                offset,
                remote);
    }

    @Override
    public void tooLong(byte[] head) {
        cancelFrameTimer();
        Exchange exchange = new Exchange();
        unanswered.add(exchange);
        closeWhenAnswered = true;
        intake.tooLong(new Received(head, remote, readNanos), config.maxFrameBytes(), exchange);
    }

    @Override
    public void violation(String what) {
        LOG.warn(
                "listener {}: {} from {}; the connection is closed, as 'strict' asks", intake.listener(), what, remote);
        giveUpFrame("strictFraming");
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (decoder.isInsideFrame()) {
            giveUpFrame("endOfStreamInFrame");
        }
        cancelFrameTimer();
        events.connectionClosed(intake.listener(), silent);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("listener {}: connection from {} lost: {}", intake.listener(), remote, cause.toString());
        } else {
            LOG.error("listener {}: connection from {} closed after an error", intake.listener(), remote, cause);
        }
        ctx.close();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        watchLoad();
    }

    /** Reads nothing more; closes once every frame has its answer. */
    void finish() {
        closeWhenAnswered = true;
        context.channel().config().setAutoRead(false);
        closeIfFinished();
    }

    private void writeAnswers() {
        boolean written = false;
        Exchange first = unanswered.peek();
        while (first != null && first.answered) {
            unanswered.poll();
            written |= write(first.acknowledgement);
            written |= write(first.applicationAcknowledgement);
            first = unanswered.peek();
        }
        if (written) {
            context.flush();
        }
        closeIfFinished();
        watchLoad();
    }

    /** Each answer is a frame of its own, in one write (R11). */
    private boolean write(byte @Nullable [] answer) {
        if (answer == null) {
            return false;
        }
        context.write(FrameEncoder.encode(context.alloc(), answer), context.voidPromise());
        return true;
    }

    private void closeIfFinished() {
        if (closeWhenAnswered && unanswered.isEmpty()) {
            context.writeAndFlush(context.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Back-pressure: reads no further while too much of this connection or of all waits. */
    private void watchLoad() {
        if (intake.isSaturated() && !waitingForRelief) {
            waitingForRelief = true;
            intake.whenRelieved(executor, () -> {
                waitingForRelief = false;
                watchLoad();
            });
        }
        boolean read = !waitingForRelief
                && !closeWhenAnswered
                && unanswered.size() < config.maxInFlight()
                && context.channel().isWritable();
        if (context.channel().config().isAutoRead() != read) {
            context.channel().config().setAutoRead(read);
        }
    }

    private void watchFrame() {
        if (decoder.isInsideFrame() && frameTimer == null) {
            frameTimer = executor.schedule(this::frameTimedOut, config.frameTimeout());
        } else if (!decoder.isInsideFrame()) {
            cancelFrameTimer();
        }
    }

    private void frameTimedOut() {
        frameTimer = null;
        if (decoder.isInsideFrame()) {
            giveUpFrame("frameTimeout");
        }
    }

    /** No answer to what is not whole: its sender must send it again (R5). */
    private void giveUpFrame(String reason) {
        byte[] rest = decoder.abandon();
        if (rest.length > 0) {
            intake.unframed(new Received(rest, remote, clock.nanoTime()), reason, executor);
        }
        closeWhenAnswered = true;
        closeIfFinished();
    }

    private void cancelFrameTimer() {
        if (frameTimer != null) {
            frameTimer.cancel();
            frameTimer = null;
        }
    }
}
