package org.khokahano.http;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.khokahano.loop.SerialExecutor;

/** Event loops, each with one executor, as the engine has them. */
final class TestLoops implements AutoCloseable {

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(
            2,
            new DefaultThreadFactory("test-loop", true),
            Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    private final Map<EventLoop, SerialExecutor> executors = new ConcurrentHashMap<>();

    MultiThreadIoEventLoopGroup group() {
        return group;
    }

    SerialExecutor executorOf(EventLoop loop) {
        return executors.computeIfAbsent(loop, LoopExecutor::new);
    }

    private record LoopExecutor(EventLoop loop) implements SerialExecutor {
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
            var scheduled = loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        }
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
    }
}
