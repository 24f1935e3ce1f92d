package org.khokahano.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One sender: one connection with at most one message outstanding. Lives on the event loop. */
// A write that fails closes its channel, and closing is handled.
@SuppressWarnings("FutureReturnValueIgnored")
final class LoadConnection {
    private static final long RECONNECT_MILLIS = 200;
    private static final long NOTHING = -1;

    private final LoadGenerator generator;
    private final AckReader answer = new AckReader();
    private final int index;
    private @Nullable Channel channel;
    private long outstanding = NOTHING;
    private long sentNanos;
    private int messagesSent;
    private boolean closing;

    LoadConnection(LoadGenerator generator, int index) {
        this.generator = generator;
        this.index = index;
    }

    int index() {
        return index;
    }

    /** How many messages this connection has sent; picks its next patient. */
    int messagesSent() {
        return messagesSent;
    }

    boolean isIdle() {
        return outstanding == NOTHING;
    }

    boolean isReady() {
        Channel current = channel;
        return outstanding == NOTHING && current != null && current.isActive();
    }

    ChannelFuture connect(Bootstrap bootstrap) {
        ChannelFuture connecting = bootstrap.clone().handler(new Answers()).connect("127.0.0.1", generator.port());
        connecting.addListener((Future<? super Void> done) -> {
            if (done.isSuccess()) {
                channel = connecting.channel();
                generator.onReady(this);
            }
        });
        return connecting;
    }

    /** Sends a message that the ledger already knows. */
    void send(long number, ByteBuf frame, long nowNanos) {
        Channel current = channel;
        if (current == null) {
            frame.release();
            generator.recorder().onUnanswered();
            return;
        }
        outstanding = number;
        sentNanos = nowNanos;
        messagesSent++;
        current.writeAndFlush(frame, current.voidPromise());
    }

    /** Gives up an answer that has not come for so long; a late one must not meet the next message. */
    void expire(long nowNanos, long timeoutNanos) {
        Channel current = channel;
        if (outstanding != NOTHING && current != null && nowNanos - sentNanos > timeoutNanos) {
            current.close();
        }
    }

    void close() {
        closing = true;
        Channel current = channel;
        if (current != null) {
            current.close();
        }
    }

    private void onAnswer(byte[] bytes, int length) {
        if (outstanding == NOTHING
                || !answer.read(bytes, length)
                || answer.number(generator.controlPrefix()) != outstanding) {
            generator.recorder().onWrongAnswer();
            return;
        }
        long now = System.nanoTime();
        long number = outstanding;
        outstanding = NOTHING;
        if (answer.isPositive()) {
            generator.recorder().onAccept(number, answer.isCommit(), now);
        } else {
            generator.recorder().onReject(answer.code(), now);
        }
        generator.onReady(this);
    }

    private void onClosed(Channel closed) {
        if (channel == closed) {
            channel = null;
        }
        if (outstanding != NOTHING) {
            outstanding = NOTHING;
            generator.recorder().onUnanswered();
        }
        if (!closing) {
            scheduleReconnect(closed);
        }
    }

    private void scheduleReconnect(Channel closed) {
        closed.eventLoop()
                .schedule(
                        () -> {
                            if (!closing) {
                                connect(generator.bootstrap()).addListener(done -> {
                                    if (!done.isSuccess()) {
                                        scheduleReconnect(closed);
                                    }
                                });
                            }
                        },
                        RECONNECT_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    private final class Answers extends ChannelInboundHandlerAdapter {
        private final FrameReader frames = new FrameReader();

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf in = (ByteBuf) message;
            try {
                frames.read(in, LoadConnection.this::onAnswer);
            } finally {
                in.release();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            onClosed(context.channel());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
