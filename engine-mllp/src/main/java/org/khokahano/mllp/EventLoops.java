package org.khokahano.mllp;

import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.khokahano.loop.SerialExecutor;

/**
 * The event loops that listeners and lanes share, on epoll where the platform has it. Each loop is a
 * {@link SerialExecutor} to the rest of the engine.
 */
public final class EventLoops implements AutoCloseable {

    private final MultiThreadIoEventLoopGroup group;
    private final List<LoopExecutor> executors = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private final HostLookup lookup;

    public EventLoops(int threads) {
        this(threads, InetAddress::getAllByName);
    }

    EventLoops(int threads, HostLookup.Names names) {
        lookup = new HostLookup(names);
        IoHandlerFactory handlers = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        group = new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("khoka-loop"), handlers);
        group.forEach(loop -> executors.add(new LoopExecutor((EventLoop) loop)));
    }

    /** The group, for servers and clients that are to share its threads. */
    public MultiThreadIoEventLoopGroup group() {
        return group;
    }

    /** The loops in turn: one for each lane. */
    public SerialExecutor nextExecutor() {
        return executors.get(Math.floorMod(next.getAndIncrement(), executors.size()));
    }

    /** The executor of a channel's own loop. */
    public SerialExecutor executorOf(EventLoop loop) {
        for (LoopExecutor executor : executors) {
            if (executor.loop() == loop) {
                return executor;
            }
        }
        throw new IllegalArgumentException("the loop is not one of ours");
    }

    /** The loop behind an executor that {@link #nextExecutor()} gave. */
    public static EventLoop loopOf(SerialExecutor executor) {
        if (executor instanceof LoopExecutor loopExecutor) {
            return loopExecutor.loop();
        }
        throw new IllegalArgumentException("the executor is not an event loop");
    }

    HostLookup lookup() {
        return lookup;
    }

    /**
     * Makes TCP notice within two minutes that a silent peer is gone (R8). Where the platform cannot be
     * told when, its own two hours count.
     */
    void keepAlive(
            BiConsumer<ChannelOption<Boolean>, Boolean> flag, BiConsumer<ChannelOption<Integer>, Integer> seconds) {
        flag.accept(ChannelOption.SO_KEEPALIVE, true);
        if (Epoll.isAvailable()) {
            seconds.accept(EpollChannelOption.TCP_KEEPIDLE, 60);
            seconds.accept(EpollChannelOption.TCP_KEEPINTVL, 15);
            seconds.accept(EpollChannelOption.TCP_KEEPCNT, 4);
        }
    }

    Class<? extends ServerChannel> serverChannel() {
        return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    Class<? extends SocketChannel> socketChannel() {
        return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    /**
     * Waits until each loop has ended what it had begun and what was waiting for it.
     *
     * @return false where one did not within the time
     */
    public boolean pass(Duration time) {
        CountDownLatch passed = new CountDownLatch(executors.size());
        executors.forEach(executor -> executor.execute(passed::countDown));
        try {
            return passed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends the loops after what they have begun. Blocks for at most five seconds. */
    @Override
    public void close() {
        lookup.close();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(6_000);
    }

    /** One event loop as the engine sees it. */
    record LoopExecutor(EventLoop loop) implements SerialExecutor {
        @Override
        public void execute(Runnable task) {
            loop.execute(task);
        }

        @Override
        public boolean isCurrent() {
            return loop.inEventLoop();
        }

        @Override
        public Scheduled schedule(Runnable task, Duration delay) {
            try {
                var scheduled = loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
                return () -> scheduled.cancel(false);
            } catch (RejectedExecutionException e) {
                return () -> {};
            }
        }
    }
}
