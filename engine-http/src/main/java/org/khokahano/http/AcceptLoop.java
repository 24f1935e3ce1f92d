package org.khokahano.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The thread that takes a port's connections and gives them to the shared loops. Armeria ends it with
 * the port, for which Netty would wait two seconds in case something more came.
 */
final class AcceptLoop extends MultiThreadIoEventLoopGroup {

    private static final int LONGEST_END_SECONDS = 5;

    private final ChannelGroup ports;

    /** @param ports gets each port that is opened here */
    AcceptLoop(IoEventLoopGroup sameKindAs, ChannelGroup ports) {
        super(1, new DefaultThreadFactory("khoka-http-accept", true), handlers(sameKindAs));
        this.ports = ports;
    }

    @Override
    public ChannelFuture register(Channel channel) {
        ports.add(channel);
        return super.register(channel);
    }

    private static IoHandlerFactory handlers(IoEventLoopGroup sameKindAs) {
        return sameKindAs.isIoType(EpollIoHandler.class) ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    @Override
    public Future<?> shutdownGracefully() {
        return shutdownGracefully(0, LONGEST_END_SECONDS, TimeUnit.SECONDS);
    }
}
