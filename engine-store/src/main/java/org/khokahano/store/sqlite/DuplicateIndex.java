package org.khokahano.store.sqlite;

/**
 * Remembers the latest message id of each identity, for the most recent identities up to a bound. An
 * open hash table of primitive values beside a ring that knows their order; about 48 bytes an entry.
 * Only the writer thread uses it.
 *
 * <p>It says where to look, no more: whether two messages are the same is decided on their bytes.
 */
final class DuplicateIndex {

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
    private long lastForgotten;

    DuplicateIndex(int maxEntries) {
        this.maxEntries = maxEntries;
    }

    /** The latest message with this identity, or 0. Message ids begin at 1. */
    long find(long identity) {
        int mask = identities.length - 1;
        for (int slot = slotOf(identity, mask); messageIds[slot] != 0; slot = slot + 1 & mask) {
            if (identities[slot] == identity) {
                return messageIds[slot];
            }
        }
        return 0;
    }

    /**
     * Remembers a message as the latest with its identity, and forgets the oldest past the bound.
     *
     * @return the message that was the latest until now, or 0
     */
    long put(long identity, long messageId) {
        if (size * 2 >= identities.length) {
            grow();
        }
        long earlier = insert(identity, messageId);
        push(identity, messageId);
        while (ringSize > maxEntries) {
            forgetOldest();
        }
        return earlier;
    }

    /**
     * Takes back what {@link #put} did for a commit that failed; in reverse order of the calls.
     *
     * @param earlier what it returned
     */
    void takeBack(long identity, long messageId, long earlier) {
        if (earlier == 0) {
            remove(identity, messageId);
        } else if (find(identity) == messageId) {
            insert(identity, earlier);
        }
    }

    /** The latest message that was forgotten for want of room, or 0. */
    long lastForgotten() {
        return lastForgotten;
    }

    int maxEntries() {
        return maxEntries;
    }

    int size() {
        return size;
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
        lastForgotten = ringMessageIds[ringStart];
        remove(ringIdentities[ringStart], lastForgotten);
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
}
