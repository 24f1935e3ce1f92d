package org.khokahano.bench.peer;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.khokahano.bench.load.Transport;

/**
 * Copies bytes, one outbound connection for each inbound one, and knows nothing of messages: the
 * least that any program between two sockets has to do, and so the yardstick for the others. The
 * answers come from the far end.
 */
// A write that fails closes its channel, and closing is passed on.
@SuppressWarnings("FutureReturnValueIgnored")
public final class CopyRelay implements AutoCloseable {
    private final Transport transport = Transport.best();
    private final EventLoopGroup loops = transport.eventLoops(1, "relay");
    private final int outPort;
    private final Channel server;

    /** Listens on 127.0.0.1; port 0 chooses a free one. */
    public CopyRelay(int inPort, int outPort) {
        this.outPort = outPort;
        this.server = new ServerBootstrap()
                .group(loops)
                .channel(transport.serverChannelType())
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel inbound) {
                        connectFurther(inbound);
                    }
                })
                .bind("127.0.0.1", inPort)
                .syncUninterruptibly()
                .channel();
    }

    public static void main(String[] arguments) throws InterruptedException {
        RelaySettings settings = RelaySettings.from(System.getenv());
        try (CopyRelay relay = new CopyRelay(settings.inPort(), settings.outPort())) {
            relay.server.closeFuture().sync();
        }
    }

    public int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    @Override
    public void close() {
        server.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void connectFurther(Channel inbound) {
        new Bootstrap()
                .group(inbound.eventLoop())
                .channel(transport.channelType())
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new CopyTo(inbound))
                .connect("127.0.0.1", outPort)
                .addListener((ChannelFutureListener) connecting -> {
                    if (connecting.isSuccess()) {
                        inbound.pipeline().addLast(new CopyTo(connecting.channel()));
                        inbound.config().setAutoRead(true);
                    } else {
                        inbound.close();
                    }
                });
    }

    /** Writes what its channel reads to another one; stops reading while that one is full. */
    private static final class CopyTo extends ChannelInboundHandlerAdapter {
        private final Channel target;

        CopyTo(Channel target) {
            this.target = target;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            if (target.isActive()) {
                target.write(bytes, target.voidPromise());
            } else {
                ReferenceCountUtil.release(bytes);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            target.flush();
            context.channel().config().setAutoRead(target.isWritable());
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            target.config().setAutoRead(context.channel().isWritable());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            target.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
