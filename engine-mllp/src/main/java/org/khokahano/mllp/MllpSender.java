package org.khokahano.mllp;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.khokahano.event.EngineEvents;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;
import org.khokahano.send.Sender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lane's connection to an MLLP partner. Runs on the lane's event loop, and so does its channel.
 *
 * <p>An acknowledgement counts only for the message whose MSH-10 it names (R26). Whenever it is
 * doubtful what a later acknowledgement would belong to, the connection is closed first (R27).
 */
public final class MllpSender implements Sender {

    private static final Logger LOG = LoggerFactory.getLogger(MllpSender.class);

    private final String destination;
    private final MllpSenderSettings config;
    private final SerialExecutor executor;
    private final Bootstrap bootstrap;
    private final EngineEvents events;
    private final EngineClock clock;
    private final ArrayDeque<Outstanding> outstanding = new ArrayDeque<>();
    private @Nullable Channel channel;
    private boolean connecting;
    private SerialExecutor.@Nullable Scheduled timer;

    /** A message that was given to the connection and has no outcome yet. */
    private static final class Outstanding {
        private final byte[] payload;
        private final String controlId;
        private final Consumer<SendOutcome> outcome;
        private long deadlineNanos;

        Outstanding(byte[] payload, Consumer<SendOutcome> outcome) {
            this.payload = payload;
            this.outcome = outcome;
            this.controlId = controlId(payload);
        }

        private static String controlId(byte[] payload) {
            try {
                return Message.read(payload).header().controlId();
            } catch (UnreadableMessageException e) {
                return "";
            }
        }
    }

    public MllpSender(
            String destination,
            MllpSenderSettings config,
            EventLoops loops,
            SerialExecutor executor,
            EngineEvents events,
            EngineClock clock) {
        this.destination = destination;
        this.config = config;
        this.executor = executor;
        this.events = events;
        this.clock = clock;
        this.bootstrap = new Bootstrap()
                .group(EventLoops.loopOf(executor))
                .channel(loops.socketChannel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        config.connectTimeout().toMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        opened.pipeline().addLast(new Answers());
                    }
                });
    }

    @Override
    public void send(byte[] payload, Consumer<SendOutcome> outcome) {
        Outstanding message = new Outstanding(payload, outcome);
        outstanding.add(message);
        Channel open = channel;
        if (open != null && open.isActive()) {
            write(open, message);
        } else if (!connecting) {
            connect();
        }
    }

    @Override
    public void close() {
        endAll(SendOutcome.reset("the connection was closed by this engine"));
    }

    private void connect() {
        connecting = true;
        ChannelFuture connect = bootstrap.connect(config.host(), config.port());
        connect.addListener(done -> {
            connecting = false;
            if (connect.isSuccess()) {
                connected(connect.channel());
            } else {
                LOG.debug("destination {}: no connection to {}", destination, config);
                endAll(SendOutcome.refused("no connection to " + config));
            }
        });
    }

    private void connected(Channel opened) {
        channel = opened;
        for (Outstanding message : outstanding) {
            write(opened, message);
        }
    }

    private void write(Channel open, Outstanding message) {
        message.deadlineNanos = clock.nanoTime() + config.ackTimeout().toNanos();
        open.writeAndFlush(FrameEncoder.encode(open.alloc(), message.payload), open.voidPromise());
        if (timer == null) {
            timer = executor.schedule(this::checkDeadline, config.ackTimeout());
        }
    }

    /** One timer a connection looks at the oldest deadline; a timer a message would cost more. */
    private void checkDeadline() {
        timer = null;
        Outstanding oldest = outstanding.peek();
        if (oldest == null || channel == null) {
            return;
        }
        long left = oldest.deadlineNanos - clock.nanoTime();
        if (left > 0) {
            timer = executor.schedule(this::checkDeadline, Duration.ofNanos(left));
        } else {
            endAll(SendOutcome.timeout("no acknowledgement within " + config.ackTimeout()));
        }
    }

    private void answer(byte[] bytes) {
        Acknowledgement answer = Acknowledgement.read(bytes);
        if (outstanding.isEmpty()) {
            events.answerDropped(destination, "unsolicited");
            return;
        }
        if (answer.kind() == OutcomeKind.NO_MSA || answer.kind() == OutcomeKind.UNREADABLE) {
            endAll(new SendOutcome(answer.kind(), bytes, "", true));
            return;
        }
        Outstanding message = takeMatching(answer.controlId());
        if (message == null) {
            events.answerDropped(destination, "otherControlId");
            return;
        }
        message.outcome.accept(SendOutcome.answered(answer.kind(), bytes));
    }

    private @Nullable Outstanding takeMatching(String controlId) {
        if (config.positional()) {
            return outstanding.poll();
        }
        for (Iterator<Outstanding> each = outstanding.iterator(); each.hasNext(); ) {
            Outstanding message = each.next();
            if (message.controlId.equals(controlId)) {
                each.remove();
                return message;
            }
        }
        return null;
    }

    private void disconnected(Channel closed) {
        if (channel == closed) {
            endAll(SendOutcome.reset("the partner closed the connection"));
        }
    }

    /** Closes the connection first, and only then tells of the outcomes (R27). */
    private void endAll(SendOutcome outcome) {
        Channel open = channel;
        channel = null;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        if (open != null) {
            open.close();
        }
        List<Outstanding> ended = new ArrayList<>(outstanding);
        outstanding.clear();
        for (Outstanding message : ended) {
            message.outcome.accept(outcome);
        }
    }

    /** The inbound side of the connection. */
    private final class Answers extends ChannelInboundHandlerAdapter implements FrameDecoder.Sink {

        private final FrameDecoder decoder = new FrameDecoder(config.maxAckBytes(), false, this);

        @Override
        public void channelRead(ChannelHandlerContext context, Object in) {
            ByteBuf bytes = (ByteBuf) in;
            try {
                if (context.channel() == channel) {
                    decoder.feed(bytes);
                }
            } finally {
                bytes.release();
            }
        }

        @Override
        public void frame(byte[] payload) {
            answer(payload);
        }

        @Override
        public void interrupted(byte[] partial) {
            events.answerDropped(destination, "interruptedFrame");
        }

        @Override
        public void skipped(long offset, int length) {
            events.answerDropped(destination, "outsideOfFrame");
        }

        @Override
        public void tooLong(byte[] head) {
            endAll(SendOutcome.unreadable("the answer is longer than " + config.maxAckBytes() + " bytes"));
        }

        @Override
        public void violation(String what) {
            endAll(SendOutcome.unreadable(what));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            disconnected(context.channel());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("destination {}: connection lost: {}", destination, cause.toString());
            context.close();
        }
    }
}
