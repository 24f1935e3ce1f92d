package org.khokahano.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What a listener has in hand: requests without an answer, and the bytes of their messages. */
final class Load {

    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger requests = new AtomicInteger();

    Load(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Takes room for so many bytes; false, and without effect, where there is none. */
    boolean take(int count) {
        if (bytes.addAndGet(count) > maxBytes) {
            bytes.addAndGet(-count);
            return false;
        }
        return true;
    }

    void giveBack(int count) {
        bytes.addAndGet(-count);
    }

    void begin() {
        requests.incrementAndGet();
    }

    /** The last byte of an answer was written, or its caller has left. */
    void end() {
        requests.decrementAndGet();
    }

    int requests() {
        return requests.get();
    }
}
