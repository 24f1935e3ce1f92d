package org.khokahano.store.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the search index behind the journal. It looks for new messages every 100 ms and so costs the
 * writer nothing, not even a signal; when it is far behind it rests after each batch as long as the
 * batch took, so that it never takes more than half a core.
 */
final class SearchIndexer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SearchIndexer.class);
    private static final int BATCH_MESSAGES = 1_000;
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long TRY_AGAIN_AFTER_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long TELL_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Further behind than this, progress is told to the log. */
    private static final long TELL_WHEN_BEHIND = 50_000;

    private final Path index;
    private final Path journal;
    private final ArchiveConnections readers;
    private final Thread thread;
    private IndexWriter writer;
    private long toldNanos;
    private volatile boolean stopping;
    private volatile boolean doubted;
    private volatile long lastId;
    private volatile long lag;

    SearchIndexer(Path index, Path journal, ArchiveConnections readers) throws SQLException {
        this.index = index;
        this.journal = journal;
        this.readers = readers;
        this.writer = new IndexWriter(IndexFile.openWriter(index, journal));
        this.thread = new Thread(this::run, "khoka-store-index");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        lastId = writer.lastId();
        lag = Math.max(0, writer.newestId() - lastId);
        toldNanos = System.nanoTime() - TELL_EVERY_NANOS;
    }

    void start() {
        thread.start();
    }

    /** How many messages are not in the index yet. */
    long lag() {
        return lag;
    }

    /** The last message in the index. */
    long lastId() {
        return lastId;
    }

    /** A reader found the index damaged; it will be built again. */
    void doubt() {
        doubted = true;
        LockSupport.unpark(thread);
    }

    /** Takes messages out of the index. Called by retention, before they leave the journal. */
    synchronized void remove(List<Long> messageIds) throws SQLException {
        writer.remove(messageIds);
    }

    /** Gives free pages of the index back to the disk. Called by retention. */
    synchronized void shrink(int pages) throws SQLException {
        writer.shrink(pages);
    }

    private void run() {
        while (!stopping) {
            long began = System.nanoTime();
            long rest = LOOK_EVERY_NANOS;
            try {
                if (doubted) {
                    buildAgain();
                }
                if (follow()) {
                    rest = System.nanoTime() - began;
                }
            } catch (SQLException e) {
                doubted = IndexFile.isDamage(e);
                rest = TRY_AGAIN_AFTER_NANOS;
                LOG.warn("the search index could not follow; searches go on and get slower", e);
            }
            LockSupport.parkNanos(rest);
        }
    }

    /** Takes one batch; true where more waits. */
    private synchronized boolean follow() throws SQLException {
        if (stopping) {
            return false;
        }
        boolean took = writer.takeNext(BATCH_MESSAGES);
        lastId = writer.lastId();
        lag = took ? Math.max(0, writer.newestId() - lastId) : 0;
        long now = System.nanoTime();
        if (lag > TELL_WHEN_BEHIND && now - toldNanos >= TELL_EVERY_NANOS) {
            toldNanos = now;
            LOG.info("the search index has come to message {}, {} to go", lastId, lag);
        }
        return lag > 0;
    }

    private synchronized void buildAgain() throws SQLException {
        LOG.warn("the search index is damaged; it is built again from the journal");
        readers.whileNobodyReads(() -> {
            writer.close();
            IndexFile.delete(index);
            writer = new IndexWriter(IndexFile.openWriter(index, journal));
            lastId = 0;
        });
        doubted = false;
    }

    @Override
    public void close() throws SQLException {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            writer.close();
        }
    }
}
