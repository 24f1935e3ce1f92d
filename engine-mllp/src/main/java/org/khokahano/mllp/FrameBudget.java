package org.khokahano.mllp;

import java.util.HashSet;
import java.util.Set;

/**
 * Bounds the memory of all unfinished frames together, over every connection of every listener: each
 * alone is within its listener's limit, but a thousand of them would fill the heap.
 *
 * <p>At the limit the connection with the largest unfinished frame is closed, whoever asked for more,
 * so that a peer with ordinary messages goes on beside those that hoard. A frame's first
 * {@value #FREE_BYTES} bytes are not counted: the number of connections bounds them, and the usual
 * message never comes here. Safe for several threads.
 */
public final class FrameBudget {

    static final int FREE_BYTES = 8 * 1024;

    private final long limitBytes;
    private final Set<Share> holders = new HashSet<>();
    private long heldBytes;

    /** @param limitBytes how many bytes unfinished frames may hold together */
    public FrameBudget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** A budget that is never reached, for input that is bounded otherwise. */
    static FrameBudget unlimited() {
        return new FrameBudget(Long.MAX_VALUE);
    }

    /** A share for one connection; {@code evict} may run on any thread, and must return at once. */
    Share newShare(Runnable evict) {
        return new Share(evict);
    }

    synchronized long heldBytes() {
        return heldBytes;
    }

    /** What one connection's unfinished frame holds. */
    final class Share {
        private final Runnable evict;
        private int held;
        private boolean evicted;

        private Share(Runnable evict) {
            this.evict = evict;
        }

        /** Asks for room for a frame of so many bytes; false where this frame has to be given up. */
        boolean resize(int bytes) {
            if (bytes <= FREE_BYTES) {
                return true;
            }
            Share largest;
            synchronized (FrameBudget.this) {
                if (evicted) {
                    return false;
                }
                heldBytes += bytes - held;
                held = bytes;
                holders.add(this);
                if (heldBytes <= limitBytes) {
                    return true;
                }
                largest = largest();
                largest.drop();
                largest.evicted = true;
            }
            if (largest == this) {
                return false;
            }
            largest.evict.run();
            return true;
        }

        /** The frame has ended or was given up. */
        void release() {
            synchronized (FrameBudget.this) {
                drop();
                evicted = false;
            }
        }

        /** Whether the frame is to be given up for the sake of others. */
        boolean isEvicted() {
            synchronized (FrameBudget.this) {
                return evicted;
            }
        }

        private Share largest() {
            Share largest = this;
            for (Share each : holders) {
                if (each.held > largest.held) {
                    largest = each;
                }
            }
            return largest;
        }

        private void drop() {
            heldBytes -= held;
            held = 0;
            holders.remove(this);
        }
    }
}
