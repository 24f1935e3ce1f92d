package org.khokahano.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.khokahano.event.EngineEvents;
import org.khokahano.tls.TlsRefusal;

/** Counts a listener's connections, and turns away those that are too many (R9) or no TLS. */
final class ConnectionWatch {

    private final String listener;
    private final int maxConnections;
    private final EngineEvents events;
    private final AtomicInteger count = new AtomicInteger();
    private final ChannelGroup channels = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
    private volatile boolean stopping;

    ConnectionWatch(String listener, int maxConnections, EngineEvents events) {
        this.listener = listener;
        this.maxConnections = maxConnections;
        this.events = events;
    }

    int count() {
        return count.get();
    }

    /** From now on every new connection is closed at once. */
    void stopTaking() {
        stopping = true;
    }

    /** Blocks until every connection is closed. */
    void closeAll() {
        channels.close().awaitUninterruptibly();
    }

    /** Called for every connection, before anything is read from it. */
    void opened(ChannelPipeline pipeline) {
        Channel channel = pipeline.channel();
        if (count.incrementAndGet() > maxConnections || stopping) {
            count.decrementAndGet();
            events.connectionRefused(listener, stopping ? "stopping" : "maxConnections");
            channel.close();
            return;
        }
        channels.add(channel);
        events.connectionOpened(listener);
        Bytes bytes = new Bytes();
        pipeline.addFirst(bytes);
        pipeline.addLast(new Handshake());
        channel.closeFuture().addListener(closed -> {
            count.decrementAndGet();
            events.connectionClosed(listener, bytes.silent);
        });
    }

    /** Sees whether anything ever came (R7). */
    private static final class Bytes extends ChannelInboundHandlerAdapter {
        private boolean silent = true;

        @Override
        public void channelRead(ChannelHandlerContext context, Object in) {
            silent = false;
            context.fireChannelRead(in);
            context.pipeline().remove(this);
        }
    }

    /** Sees how the TLS handshake ended. */
    private final class Handshake extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
                events.connectionRefused(
                        listener, TlsRefusal.of(handshake.cause()).reason());
            }
            context.fireUserEventTriggered(event);
        }
    }
}
