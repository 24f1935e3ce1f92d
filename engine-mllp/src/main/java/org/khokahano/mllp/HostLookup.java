package org.khokahano.mllp;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up host names on threads of its own, since the JDK's resolver blocks for as long as a name
 * server likes, and an event loop serves other connections meanwhile.
 */
final class HostLookup implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HostLookup.class);

    private static final int THREADS = 4;
    private static final int MAX_WAITING = 1_000;

    /** Where the answers come from. */
    interface Names {
        InetAddress[] find(String host) throws UnknownHostException;
    }

    private final Names names;
    private final ThreadPoolExecutor threads;

    HostLookup(Names names) {
        this.names = names;
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING), task -> {
                    Thread created = new Thread(task, "khoka-names-" + number.incrementAndGet());
                    created.setDaemon(true);
                    return created;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Finds a host's addresses. An address that is written as such is its own answer.
     *
     * @param then told the addresses, empty where there are none, and what went wrong or null; on a
     *     thread of the lookup or, for an address, at once
     */
    void find(String host, BiConsumer<List<InetAddress>, @Nullable String> then) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
        if (address != null) {
            try {
                then.accept(List.of(InetAddress.getByAddress(host, address)), null);
            } catch (UnknownHostException e) {
                throw new IllegalStateException("an address of 4 or 16 bytes is one", e);
            }
            return;
        }
        try {
            threads.execute(() -> findAndTell(host, then));
        } catch (RejectedExecutionException e) {
            then.accept(List.of(), "too many host names are being looked up");
        }
    }

    private void findAndTell(String host, BiConsumer<List<InetAddress>, @Nullable String> then) {
        try {
            tell(host, then);
        } catch (RejectedExecutionException e) {
            LOG.debug("an address was found when nobody was left to tell", e);
        }
    }

    private void tell(String host, BiConsumer<List<InetAddress>, @Nullable String> then) {
        try {
            then.accept(List.of(names.find(host)), null);
        } catch (UnknownHostException e) {
            then.accept(List.of(), "the host name is unknown");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
