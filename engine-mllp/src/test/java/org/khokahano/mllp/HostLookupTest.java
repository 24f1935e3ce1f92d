package org.khokahano.mllp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.khokahano.loop.SerialExecutor;

@Tag("socket")
@Timeout(30)
class HostLookupTest {

    @Test
    @DisplayName("An address that is found when the loops have ended harms nobody")
    void shouldEndQuietlyBehindTheLoops() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch found = new CountDownLatch(1);
        AtomicReference<Thread> finder = new AtomicReference<>();
        Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
        EventLoops loops = new EventLoops(1, host -> {
            finder.set(Thread.currentThread());
            Thread.currentThread().setUncaughtExceptionHandler((thread, problem) -> uncaught.add(problem));
            asked.countDown();
            awaitUninterrupted(found);
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        });
        SerialExecutor executor = loops.nextExecutor();
        loops.lookup().find("lis.example", (addresses, problem) -> executor.execute(() -> {}));
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        loops.close();

        found.countDown();
        Objects.requireNonNull(finder.get()).join();

        assertThat(uncaught).isEmpty();
    }

    /** As a resolver that heeds no interrupt. */
    private static void awaitUninterrupted(CountDownLatch latch) {
        boolean passed = false;
        while (!passed) {
            try {
                latch.await();
                passed = true;
            } catch (InterruptedException e) {
                passed = false;
            }
        }
    }
}
