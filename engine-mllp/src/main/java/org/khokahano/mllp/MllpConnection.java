package org.khokahano.mllp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayDeque;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.khokahano.accept.Intake;
import org.khokahano.accept.Received;
import org.khokahano.accept.Reply;
import org.khokahano.accept.UnframedReason;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;

/**
 * One connection of a listener: frames in, acknowledgements out in the order of the frames. Everything
 * runs on the connection's event loop.
 *
 * <p>One timer watches all its deadlines: the frame's (R5, R6), the answer's and, if there is one, that
 * of silence (R8). It is set when there is something to watch, and looks again when it fires, so that
 * it costs nothing for each message.
 */
final class MllpConnection extends ChannelInboundHandlerAdapter implements FrameDecoder.Sink {

    /** How many unfinished frames in a row are kept before the peer is taken for broken (R4). */
    private static final int MAX_INTERRUPTED = 16;

    /** How long a peer may go on sending after its frame was refused, so that it reads the refusal. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private static final byte[] NOTHING = {};

    private final Channel channel;
    private final MllpListenerSettings config;
    private final Intake intake;
    private final ReliefWatch reliefs;
    private final Runnable relieved = this::relieved;
    private final ListenerReports reports;
    private final EngineClock clock;
    private final SerialExecutor executor;
    private final String remote;
    private final FrameBudget.Share share;
    private final FrameDecoder decoder;
    private final AnswerOutput output;
    private final ArrayDeque<Exchange> unanswered = new ArrayDeque<>();
    private long unansweredBytes;
    private SerialExecutor.@Nullable Scheduled timer;
    private boolean silent = true;
    private boolean closeWhenAnswered;
    private boolean linger;
    private boolean waitingForRelief;
    private long readNanos;
    private long unreadSinceNanos;
    private long frameBeganNanos;
    private long framesBegun;
    private int interruptedInRow;
    private long skippedInRow;

    MllpConnection(
            Channel channel,
            MllpListenerSettings config,
            FrameBudget budget,
            Intake intake,
            ReliefWatch reliefs,
            ListenerReports reports,
            EngineClock clock,
            SerialExecutor executor) {
        this.channel = channel;
        this.config = config;
        this.intake = intake;
        this.reliefs = reliefs;
        this.reports = reports;
        this.clock = clock;
        this.executor = executor;
        this.remote = addressOf(channel);
        this.share = budget.newShare(() -> executor.execute(this::evicted));
        FrameSettings framing = config.framing();
        this.decoder = new FrameDecoder(framing.maxBytes(), framing.strict(), framing.utf16(), share, this);
        this.output = new AnswerOutput(channel, config.framing().release2(), clock);
        this.readNanos = clock.nanoTime();
    }

    static String addressOf(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : "unknown";
    }

    /** One frame and its answer. */
    private final class Exchange implements Reply {
        private final long beganNanos = readNanos;
        private final int length;
        private final boolean whole;
        private byte @Nullable [] acknowledgement;
        private byte @Nullable [] applicationAcknowledgement;
        private boolean answered;
        private boolean kept;

        /** @param whole whether all of the content came, so that it can be kept */
        Exchange(int length, boolean whole) {
            this.length = length;
            this.whole = whole;
            this.kept = whole;
        }

        @Override
        public boolean tellsWhatIsStored() {
            return config.framing().release2();
        }

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
        public void refuse(Refusal why, byte @Nullable [] bytes) {
            kept = whole && why != Refusal.STORAGE;
            // By release 2 what the store refused comes again for our word alone, and is answered then.
            send(why == Refusal.STORAGE && config.framing().release2() ? null : bytes);
        }

        @Override
        public void send(byte @Nullable [] bytes, byte[] applicationBytes) {
            applicationAcknowledgement = applicationBytes;
            send(bytes);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        setTimer();
        watchLoad();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object in) {
        ByteBuf bytes = (ByteBuf) in;
        try {
            silent = false;
            readNanos = clock.nanoTime();
            decoder.feed(bytes);
        } finally {
            bytes.release();
        }
        if (decoder.starts() != framesBegun) {
            framesBegun = decoder.starts();
            frameBeganNanos = readNanos;
        }
        setTimer();
        watchLoad();
    }

    @Override
    public void frame(byte[] payload) {
        interruptedInRow = 0;
        skippedInRow = 0;
        if (config.framing().release2() && CommitFrames.isOne(payload)) {
            committed(CommitFrames.isPositive(payload));
            return;
        }
        if (config.framing().release2()
                && (closeWhenAnswered || output.waiting() >= config.maxInFlight() || isFull())) {
            // Nothing new is taken any more, or not before the answers are: it is to come again. The peer goes by the
            // order of our words, so this one waits for those on what came before.
            begin(NOTHING, true).refuse(Reply.Refusal.STORAGE, null);
            return;
        }
        Exchange exchange = begin(payload, true);
        intake.receive(new Received(payload, remote, readNanos), exchange);
    }

    private Exchange begin(byte[] content, boolean whole) {
        Exchange exchange = new Exchange(content.length, whole);
        unanswered.add(exchange);
        unansweredBytes += content.length;
        return exchange;
    }

    /** The peer's word on an answer of ours (R47). */
    private void committed(boolean positive) {
        if (!output.committed(positive)) {
            reports.givenUp("a sender that cannot store its answers", remote);
            channel.close();
        }
        closeIfFinished();
    }

    @Override
    public void interrupted(byte[] partial) {
        intake.unframed(new Received(partial, remote, readNanos), UnframedReason.INTERRUPTED_FRAME, executor);
        if (++interruptedInRow >= MAX_INTERRUPTED) {
            reports.givenUp(MAX_INTERRUPTED + " unfinished frames in a row", remote);
            giveUpFrame(UnframedReason.INTERRUPTED_FRAME);
        }
    }

    @Override
    public void skipped(long offset, int length) {
        reports.skipped(offset, length, remote);
        skippedInRow += length;
        if (skippedInRow > config.framing().maxBytes()) {
            reports.givenUp("more bytes without any frame than the longest frame has", remote);
            giveUpFrame(UnframedReason.NO_FRAME);
        }
    }

    @Override
    public void tooLong(byte[] head) {
        Exchange exchange = begin(head, false);
        closeWhenAnswered = true;
        linger = true;
        intake.tooLong(new Received(head, remote, readNanos), config.framing().maxBytes(), exchange);
    }

    @Override
    public void violation(String what) {
        reports.givenUp(what + ", which 'framing: strict' does not take,", remote);
        giveUpFrame(UnframedReason.STRICT_FRAMING);
    }

    @Override
    public void noRoom(byte[] partial) {
        reports.overBudget(remote);
        giveUp(partial, UnframedReason.FRAME_BUDGET);
    }

    /** Another frame needs the room. If this one has ended since, it is no longer in the way. */
    private void evicted() {
        if (share.isEvicted() && decoder.isInsideFrame()) {
            reports.overBudget(remote);
            giveUpFrame(UnframedReason.FRAME_BUDGET);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded();
        } else if (event instanceof SslHandshakeCompletionEvent handshake) {
            handshakeEnded(context, handshake);
        }
        super.userEventTriggered(context, event);
    }

    /** A sender that has sent all and still waits for its answers gets them. */
    private void inputEnded() {
        if (decoder.isInsideFrame()) {
            giveUpFrame(UnframedReason.END_OF_STREAM_IN_FRAME);
        }
        // It can commit nothing any more.
        output.waitNoLonger();
        linger = false;
        closeWhenAnswered = true;
        channel.flush();
        closeIfFinished();
    }

    private void handshakeEnded(ChannelHandlerContext context, SslHandshakeCompletionEvent handshake) {
        Throwable failure = handshake.cause();
        ServerTls tls = config.tls();
        if (failure == null && tls != null) {
            try {
                tls.checkClient(
                        context.pipeline().get(SslHandler.class).engine().getSession());
            } catch (CertificateException e) {
                failure = e;
            }
        }
        if (failure != null) {
            reports.refused(failure, remote);
            // What came with the end of the handshake is still handed on after the close: drop it.
            var unused = decoder.abandon();
            channel.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (decoder.isInsideFrame()) {
            giveUpFrame(UnframedReason.END_OF_STREAM_IN_FRAME);
        }
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        reliefs.forget(executor, relieved);
        reports.closed(silent);
    }

    private void relieved() {
        waitingForRelief = false;
        watchLoad();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        boolean expected = cause instanceof IOException || cause.getCause() instanceof SSLException;
        reports.failed(cause, expected, remote);
        context.close();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        unreadSinceNanos = clock.nanoTime();
        watchLoad();
        setTimer();
    }

    /** Reads nothing more; closes once every frame has its answer. */
    void finish() {
        linger = false;
        closeWhenAnswered = true;
        channel.config().setAutoRead(output.isWaiting());
        closeIfFinished();
    }

    private void writeAnswers() {
        boolean written = false;
        Exchange first = unanswered.peek();
        while (first != null && first.answered) {
            unanswered.poll();
            unansweredBytes -= first.length;
            written |= output.answer(first.kept, first.acknowledgement, first.applicationAcknowledgement);
            first = unanswered.peek();
        }
        if (written) {
            channel.flush();
        }
        closeIfFinished();
        watchLoad();
    }

    private void closeIfFinished() {
        if (!closeWhenAnswered || !unanswered.isEmpty() || !channel.isActive()) {
            return;
        }
        if (decoder.hasFailed()) {
            output.waitNoLonger();
        }
        if (output.isWaiting()) {
            return;
        }
        if (linger) {
            // Closed with bytes unread, the connection would be reset, and the peer might never see
            // why. So what it still sends is dropped for a while.
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> endOutput());
            executor.schedule(channel::close, LINGER);
        } else {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            // A peer that reads nothing would keep that from ever being written.
            executor.schedule(channel::close, LINGER);
        }
    }

    private void endOutput() {
        if (config.tls() == null && channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        }
    }

    /** Back-pressure: reads no further while too much of this connection or of all waits. */
    private void watchLoad() {
        if (!channel.isActive()) {
            return;
        }
        if (intake.isSaturated() && !waitingForRelief) {
            waitingForRelief = true;
            reliefs.await(executor, relieved);
        }
        boolean drops = linger && unanswered.isEmpty();
        boolean takes = !waitingForRelief && !closeWhenAnswered && !isFull() && channel.isWritable();
        // By release 2 the peer's word on our answers comes the same way as its messages (R47).
        boolean awaits = output.isWaiting() && unanswered.size() < config.maxInFlight();
        boolean read = drops || takes || awaits;
        if (channel.config().isAutoRead() != read) {
            if (read) {
                // While we did not read, the frame could not go on.
                frameBeganNanos = clock.nanoTime();
            }
            channel.config().setAutoRead(read);
        }
    }

    /** Behind a batch whole frames wait where nothing else counts them, so bytes have a bound as well. */
    private boolean isFull() {
        return unanswered.size() >= config.maxInFlight()
                || unansweredBytes > config.framing().maxBytes();
    }

    private boolean isWatched() {
        return decoder.isInsideFrame()
                || !unanswered.isEmpty()
                || !channel.isWritable()
                || output.isWaiting()
                || !config.idleTimeout().isZero();
    }

    private void setTimer() {
        if (timer == null && isWatched()) {
            timer = executor.schedule(this::look, untilNextDeadline());
        }
    }

    private void look() {
        timer = null;
        if (!channel.isActive()) {
            return;
        }
        long now = clock.nanoTime();
        Exchange oldest = unanswered.peek();
        if (oldest != null && now - oldest.beganNanos >= config.replyTimeout().toNanos()) {
            reports.notAnswered(config.replyTimeout(), remote);
            channel.close();
            return;
        }
        if (!channel.isWritable()
                && now - unreadSinceNanos >= config.replyTimeout().toNanos()) {
            reports.givenUp("a sender that does not read its answers", remote);
            channel.close();
            return;
        }
        if (output.isWaiting()
                && now - output.writtenNanos() >= config.replyTimeout().toNanos()) {
            reports.givenUp("a sender that does not commit its answers", remote);
            channel.close();
            return;
        }
        if (decoder.isInsideFrame()
                && channel.config().isAutoRead()
                && now - frameBeganNanos >= config.framing().timeout().toNanos()) {
            reports.givenUp("a frame without its end within " + config.framing().timeout(), remote);
            giveUpFrame(UnframedReason.FRAME_TIMEOUT);
            // Earlier messages may still be on their way to their answers, and those may not come.
            setTimer();
            return;
        }
        boolean idle = !decoder.isInsideFrame() && unanswered.isEmpty();
        if (idle
                && !config.idleTimeout().isZero()
                && now - readNanos >= config.idleTimeout().toNanos()) {
            channel.close();
            return;
        }
        setTimer();
    }

    /** Never longer than the shortest limit, since another deadline may begin before the timer fires. */
    private Duration untilNextDeadline() {
        long frame = config.framing().timeout().toNanos();
        long reply = config.replyTimeout().toNanos();
        long idle = config.idleTimeout().isZero()
                ? Long.MAX_VALUE
                : config.idleTimeout().toNanos();
        long now = clock.nanoTime();
        long left = Math.min(frame, Math.min(reply, idle));
        if (decoder.isInsideFrame() && channel.config().isAutoRead()) {
            left = Math.min(left, frame - (now - frameBeganNanos));
        }
        Exchange oldest = unanswered.peek();
        if (oldest != null) {
            left = Math.min(left, reply - (now - oldest.beganNanos));
        } else if (idle != Long.MAX_VALUE) {
            left = Math.min(left, idle - (now - readNanos));
        }
        return Duration.ofNanos(Math.max(left, 1_000_000));
    }

    /** No answer to what is not whole: its sender must send it again (R5). */
    private void giveUpFrame(UnframedReason reason) {
        giveUp(decoder.abandon(), reason);
    }

    private void giveUp(byte[] rest, UnframedReason reason) {
        if (rest.length > 0) {
            intake.unframed(new Received(rest, remote, clock.nanoTime()), reason, executor);
        }
        closeWhenAnswered = true;
        closeIfFinished();
    }
}
