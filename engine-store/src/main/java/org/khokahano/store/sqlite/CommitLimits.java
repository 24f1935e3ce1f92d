package org.khokahano.store.sqlite;

/**
 * Bounds of the writer.
 *
 * @param messages at most so many messages in one commit
 * @param bytes a commit takes no further message once it holds so many bytes
 * @param waitingBytes listeners stop reading while more than this waits for the writer, and go on
 *     when half of it is written
 * @param minFreeBytes nothing new is accepted while the file system has less free; deliveries and
 *     their marks go on
 */
public record CommitLimits(int messages, long bytes, long waitingBytes, long minFreeBytes) {

    public static CommitLimits defaults() {
        return new CommitLimits(1_000, 8L << 20, 32L << 20, 64L << 20);
    }
}
