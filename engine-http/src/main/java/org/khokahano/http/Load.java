package org.khokahano.http;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of messages a listener holds that are not whole or not answered. */
final class Load {

    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();

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
}
