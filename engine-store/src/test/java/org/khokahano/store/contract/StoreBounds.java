package org.khokahano.store.contract;

/**
 * Bounds that the suite asks a store to be opened with.
 *
 * @param batch at most so many messages in a commit
 * @param waitingBytes saturated past so many bytes
 * @param duplicateEntries how many identities are remembered; two a message
 */
public record StoreBounds(int batch, long waitingBytes, int duplicateEntries) {

    public static StoreBounds usual() {
        return new StoreBounds(100, 32L << 20, 100_000);
    }
}
