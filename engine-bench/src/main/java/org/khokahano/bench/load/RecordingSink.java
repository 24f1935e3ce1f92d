package org.khokahano.bench.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The partner behind the measured process: answers AA at once and enters every arrival. */
// A write that fails closes its channel; the sender then sees a missing answer.
@SuppressWarnings("FutureReturnValueIgnored")
final class RecordingSink {
    private static final byte[] ANSWER_HEAD =
            Bytes.ascii("\u000BMSH|^~\\&|HUB|KHOKA|QMMH|EHR|20261122101530+0200||ACK^A01^ACK|A");
    private static final byte[] ANSWER_MIDDLE = Bytes.ascii("|P|2.5.1\rMSA|AA|");
    private static final byte[] ANSWER_TAIL = Bytes.ascii("\r\u001C\r");
    private static final int SEPARATORS_BEFORE_CONTROL_ID = 9;

    private final EventLoopGroup loops;
    private final Transport transport;
    private final byte[] controlPrefix;
    private final MessageLedger ledger;
    private final Supplier<PhaseRecorder> recorder;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private @Nullable Channel server;

    RecordingSink(
            EventLoopGroup loops,
            Transport transport,
            byte[] controlPrefix,
            MessageLedger ledger,
            Supplier<PhaseRecorder> recorder) {
        this.loops = loops;
        this.transport = transport;
        this.controlPrefix = controlPrefix;
        this.ledger = ledger;
        this.recorder = recorder;
    }

    /** Starts to listen; port 0 chooses a free one. Returns the port. */
    int open(int port) {
        Channel channel = new ServerBootstrap()
                .group(loops)
                .channel(transport.serverChannelType())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connections.add(connection);
                        connection.pipeline().addLast(new SinkConnection());
                    }
                })
                .bind("127.0.0.1", port)
                .syncUninterruptibly()
                .channel();
        server = channel;
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    void close() {
        Channel channel = server;
        if (channel != null) {
            channel.close().syncUninterruptibly();
            server = null;
        }
        connections.close().syncUninterruptibly();
    }

    private final class SinkConnection extends ChannelInboundHandlerAdapter {
        private final FrameReader frames = new FrameReader();

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf in = (ByteBuf) message;
            try {
                frames.read(in, (bytes, length) -> onMessage(context, bytes, length));
            } finally {
                in.release();
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }

        private void onMessage(ChannelHandlerContext context, byte[] bytes, int length) {
            long now = System.nanoTime();
            int start = Bytes.fieldStart(bytes, length, 0, SEPARATORS_BEFORE_CONTROL_ID);
            if (start < 0) {
                recorder.get().onForeign();
                context.close();
                return;
            }
            int end = Bytes.fieldEnd(bytes, length, start);
            long number = Bytes.startsWith(bytes, start, controlPrefix)
                    ? Bytes.readDecimal(bytes, start + controlPrefix.length, end)
                    : -1;
            if (number < 0 || number >= ledger.count()) {
                recorder.get().onForeign();
            } else {
                recorder.get().onArrival(number, MessageTemplates.runningNumber(bytes, length), now);
            }
            context.write(answer(context, bytes, start, end - start));
        }

        private ByteBuf answer(ChannelHandlerContext context, byte[] bytes, int idStart, int idLength) {
            int size = ANSWER_HEAD.length + ANSWER_MIDDLE.length + ANSWER_TAIL.length + 2 * idLength;
            return context.alloc()
                    .directBuffer(size)
                    .writeBytes(ANSWER_HEAD)
                    .writeBytes(bytes, idStart, idLength)
                    .writeBytes(ANSWER_MIDDLE)
                    .writeBytes(bytes, idStart, idLength)
                    .writeBytes(ANSWER_TAIL);
        }
    }
}
