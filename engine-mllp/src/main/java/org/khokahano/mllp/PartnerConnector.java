package org.khokahano.mllp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.tls.TlsRefusal;

/**
 * Makes connections to one partner: looks up its name, connects and, with TLS, shakes hands. Runs on
 * one event loop and never blocks it. Where a name has several addresses, each failure moves on to the
 * next.
 */
final class PartnerConnector {

    /** How one attempt ended; called once for each. */
    interface Caller {
        void connected(Channel channel);

        void failed(String reason);
    }

    private final MllpSenderSettings config;
    private final EventLoops loops;
    private final SerialExecutor executor;
    private final Supplier<ChannelHandler> handlers;
    private final Caller caller;
    private @Nullable Attempt current;
    private int failures;

    /** @param handlers gives the handler of each connection's answers */
    PartnerConnector(
            MllpSenderSettings config,
            EventLoops loops,
            SerialExecutor executor,
            Supplier<ChannelHandler> handlers,
            Caller caller) {
        this.config = config;
        this.loops = loops;
        this.executor = executor;
        this.handlers = handlers;
        this.caller = caller;
    }

    boolean isConnecting() {
        return current != null;
    }

    void connect() {
        Attempt attempt = new Attempt();
        current = attempt;
        attempt.begin();
    }

    /** Forgets the attempt that is under way; its caller hears no more of it. */
    void cancel() {
        Attempt attempt = current;
        current = null;
        if (attempt != null) {
            attempt.end();
        }
    }

    /** One attempt. What comes late, for an attempt that is not the current one, is closed. */
    private final class Attempt extends ChannelInboundHandlerAdapter {
        private SerialExecutor.@Nullable Scheduled timer;
        private @Nullable Channel channel;

        private void begin() {
            timer = executor.schedule(
                    () -> failed("no connection within " + config.connectTimeout()), config.connectTimeout());
            loops.lookup().find(config.host(), (addresses, problem) -> {
                if (executor.isCurrent()) {
                    found(addresses, problem);
                } else {
                    executor.execute(() -> found(addresses, problem));
                }
            });
        }

        private void found(List<InetAddress> addresses, @Nullable String problem) {
            if (current != this) {
                return;
            }
            if (addresses.isEmpty()) {
                failed(problem == null ? "the host name has no address" : problem);
                return;
            }
            InetAddress address = addresses.get(Math.floorMod(failures, addresses.size()));
            ChannelFuture connect = bootstrap().connect(new InetSocketAddress(address, config.port()));
            channel = connect.channel();
            connect.addListener(done -> {
                if (!connect.isSuccess()) {
                    failed(reason(connect.cause()));
                } else if (config.tls() == null) {
                    succeeded(connect.channel());
                }
            });
        }

        private Bootstrap bootstrap() {
            Bootstrap bootstrap = new Bootstrap()
                    .group(EventLoops.loopOf(executor))
                    .channel(loops.socketChannel())
                    .option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                            Math.min(Integer.MAX_VALUE, config.connectTimeout().toMillis()))
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel opened) {
                            ClientTls tls = config.tls();
                            if (tls != null) {
                                opened.pipeline()
                                        .addLast(tls.newHandler(
                                                opened.alloc(), config.host(), config.port(), config.connectTimeout()))
                                        .addLast(Attempt.this);
                            }
                            opened.pipeline().addLast(handlers.get());
                        }
                    });
            if (config.keepAlive()) {
                loops.keepAlive(bootstrap::option, bootstrap::option);
            }
            return bootstrap;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
            if (event instanceof SslHandshakeCompletionEvent handshake) {
                Throwable failure = handshake.cause();
                if (failure == null) {
                    succeeded(context.channel());
                } else {
                    TlsRefusal refusal = Handshakes.refusal(failure);
                    failed("TLS: " + refusal.sentenceFor(failure));
                }
            }
            super.userEventTriggered(context, event);
        }

        private void succeeded(Channel opened) {
            if (current != this) {
                opened.close();
                return;
            }
            current = null;
            failures = 0;
            cancelTimer();
            caller.connected(opened);
        }

        private void failed(String reason) {
            if (current != this) {
                return;
            }
            current = null;
            failures++;
            end();
            caller.failed(reason);
        }

        private void end() {
            cancelTimer();
            if (channel != null) {
                channel.close();
            }
        }

        private void cancelTimer() {
            if (timer != null) {
                timer.cancel();
                timer = null;
            }
        }
    }

    private String reason(Throwable cause) {
        if (cause instanceof ConnectTimeoutException) {
            return "no connection within " + config.connectTimeout();
        }
        if (cause instanceof NoRouteToHostException) {
            return "there is no route to the host";
        }
        if (cause instanceof ConnectException) {
            return "the connection was refused; does the partner listen on this port?";
        }
        return cause.getClass().getSimpleName();
    }
}
