package org.khokahano.store.sqlite;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers the latest message id of each identity. The most recent ones, up to a bound, are in an open
 * hash table of primitive values beside a ring that knows their order; about 48 bytes an entry. When
 * that is nearly full, its older half goes into a {@link DuplicateRun} on disk, which another thread
 * writes. Only the writer thread uses the rest.
 *
 * <p>It says where to look, no more: whether two messages are the same is decided on their bytes.
 */
final class DuplicateIndex implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DuplicateIndex.class);

    /** How long memory grows past its bound after a run could not be written, before it is tried again. */
    private static final long TRY_AGAIN_AFTER_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** So many entries that are on disk are forgotten after each commit, so that none takes long. */
    private static final int FORGET_AT_ONCE = 4_096;

    private static final int FIRST_CAPACITY = 1 << 12;

    private final int maxEntries;
    private long[] identities = new long[FIRST_CAPACITY];
    private long[] messageIds = new long[FIRST_CAPACITY];
    private int size;

    /** Identities in the order in which they came; each entry with the message id it came with. */
    private long[] ringIdentities = new long[FIRST_CAPACITY];

    private long[] ringMessageIds = new long[FIRST_CAPACITY];
    private int ringStart;
    private int ringSize;

    /** So many at the ring's start stand in a run, and will be forgotten. */
    private int onDisk;

    private final DuplicateRuns runs;
    private final ExecutorService thread;
    private @Nullable CompletableFuture<DuplicateRuns.Written> writing;
    private int writingEntries;
    private long notBeforeNanos = System.nanoTime();

    DuplicateIndex(int maxEntries, DuplicateRuns runs) {
        this.maxEntries = maxEntries;
        this.runs = runs;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, "khoka-store-duplicates");
            made.setDaemon(true);
            made.setPriority(Thread.MIN_PRIORITY);
            return made;
        });
    }

    /** The latest message with this identity, or 0. Message ids begin at 1. */
    long find(long identity) {
        long remembered = findInMemory(identity);
        return remembered != 0 ? remembered : runs.find(identity);
    }

    private long findInMemory(long identity) {
        int mask = identities.length - 1;
        for (int slot = slotOf(identity, mask); messageIds[slot] != 0; slot = slot + 1 & mask) {
            if (identities[slot] == identity) {
                return messageIds[slot];
            }
        }
        return 0;
    }

    /**
     * Remembers a message as the latest with its identity.
     *
     * @return the message that was the latest until now, or 0
     */
    long put(long identity, long messageId) {
        if (size * 2 >= identities.length) {
            grow();
        }
        long earlier = insert(identity, messageId);
        push(identity, messageId);
        return earlier;
    }

    /**
     * Takes back what {@link #put} did for a commit that failed; in reverse order of the calls.
     *
     * @param earlier what it returned
     */
    void takeBack(long identity, long messageId, long earlier) {
        ringSize--;
        if (earlier == 0) {
            remove(identity, messageId);
        } else if (findInMemory(identity) == messageId) {
            insert(identity, earlier);
        }
    }

    /**
     * Keeps memory within its bound. To be called between two commits, when all that is remembered is
     * in the journal: no run holds what a rollback takes back.
     */
    void settle() {
        if (onDisk > 0) {
            for (int left = Math.min(onDisk, FORGET_AT_ONCE); left > 0; left--) {
                forgetOldest();
                onDisk--;
            }
        } else if (writing != null) {
            // Past half as much again, it is better to wait than to grow.
            if (writing.isDone() || ringSize >= maxEntries + maxEntries / 2) {
                takeUp(writing);
            }
        } else if (ringSize >= Math.max(2, maxEntries - maxEntries / 8) && System.nanoTime() - notBeforeNanos >= 0) {
            writeOlderHalf();
        }
    }

    private void writeOlderHalf() {
        // A message's two identities stay together.
        writingEntries = Math.max(2, ringSize / 4 * 2);
        long[] hashes = new long[writingEntries];
        long[] ids = new long[writingEntries];
        for (int i = 0; i < writingEntries; i++) {
            int from = ringStart + i & ringIdentities.length - 1;
            hashes[i] = ringIdentities[from];
            ids[i] = ringMessageIds[from];
        }
        List<DuplicateRun> present = runs.present();
        long afterId = runs.nextAfterId();
        writing = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return runs.write(present, afterId, hashes, ids);
                    } catch (IOException | SQLException e) {
                        throw new CompletionException(e);
                    }
                },
                thread);
    }

    private void takeUp(CompletableFuture<DuplicateRuns.Written> written) {
        writing = null;
        try {
            runs.add(written.join());
            onDisk = writingEntries;
        } catch (CompletionException e) {
            LOG.warn("older duplicates could not be written to the disk; it will be tried again", e);
            notBeforeNanos = System.nanoTime() + TRY_AGAIN_AFTER_NANOS;
            while (ringSize >= maxEntries + maxEntries / 2) {
                runs.forgotten(ringMessageIds[ringStart]);
                forgetOldest();
            }
        }
    }

    /** The latest message that was forgotten for want of room in memory and on disk, or 0. */
    long lastForgotten() {
        return runs.lastForgotten();
    }

    private long insert(long identity, long messageId) {
        int mask = identities.length - 1;
        int slot = slotOf(identity, mask);
        while (messageIds[slot] != 0 && identities[slot] != identity) {
            slot = slot + 1 & mask;
        }
        long earlier = messageIds[slot];
        if (earlier == 0) {
            size++;
        }
        identities[slot] = identity;
        messageIds[slot] = messageId;
        return earlier;
    }

    /** Forgets an identity if this message is still its latest. */
    private void remove(long identity, long messageId) {
        int mask = identities.length - 1;
        for (int slot = slotOf(identity, mask); messageIds[slot] != 0; slot = slot + 1 & mask) {
            if (identities[slot] == identity) {
                if (messageIds[slot] == messageId) {
                    closeGap(slot, mask);
                }
                return;
            }
        }
    }

    /** Moves later entries of the same run back, so that no search stops too early. */
    private void closeGap(int gap, int mask) {
        size--;
        int hole = gap;
        for (int slot = gap + 1 & mask; messageIds[slot] != 0; slot = slot + 1 & mask) {
            int home = slotOf(identities[slot], mask);
            if ((slot - home & mask) >= (slot - hole & mask)) {
                identities[hole] = identities[slot];
                messageIds[hole] = messageIds[slot];
                hole = slot;
            }
        }
        messageIds[hole] = 0;
    }

    private void grow() {
        long[] oldIdentities = identities;
        long[] oldMessageIds = messageIds;
        identities = new long[oldIdentities.length * 2];
        messageIds = new long[oldIdentities.length * 2];
        size = 0;
        for (int slot = 0; slot < oldIdentities.length; slot++) {
            if (oldMessageIds[slot] != 0) {
                insert(oldIdentities[slot], oldMessageIds[slot]);
            }
        }
    }

    private void push(long identity, long messageId) {
        if (ringSize == ringIdentities.length) {
            growRing();
        }
        int end = ringStart + ringSize & ringIdentities.length - 1;
        ringIdentities[end] = identity;
        ringMessageIds[end] = messageId;
        ringSize++;
    }

    private void forgetOldest() {
        remove(ringIdentities[ringStart], ringMessageIds[ringStart]);
        ringStart = ringStart + 1 & ringIdentities.length - 1;
        ringSize--;
    }

    private void growRing() {
        long[] widerIdentities = new long[ringIdentities.length * 2];
        long[] widerMessageIds = new long[ringIdentities.length * 2];
        for (int i = 0; i < ringSize; i++) {
            int from = ringStart + i & ringIdentities.length - 1;
            widerIdentities[i] = ringIdentities[from];
            widerMessageIds[i] = ringMessageIds[from];
        }
        ringIdentities = widerIdentities;
        ringMessageIds = widerMessageIds;
        ringStart = 0;
    }

    private static int slotOf(long identity, int mask) {
        long mixed = identity * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & mask;
    }

    @Override
    public void close() throws IOException {
        thread.shutdown();
        try {
            if (thread.awaitTermination(30, TimeUnit.SECONDS) && writing != null) {
                takeUp(writing);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        runs.close();
    }
}
