package org.khokahano.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.khokahano.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs on disk of a duplicate window that memory cannot hold, from the oldest to the newest. They
 * follow each other without a gap; where one is missing, damaged or of another journal, what came from
 * there on is read from the journal again. Only the writer thread uses it; a run is written elsewhere.
 */
final class DuplicateRuns implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DuplicateRuns.class);

    /** With a million identities each: 32 million messages, 1 GB of disk, 80 MB of filters. */
    private static final int MOST_RUNS = 64;

    private static final String AT = "SELECT at FROM message WHERE id = ?";

    private final Path directory;
    private final Path journal;
    private final Duration window;
    private final List<DuplicateRun> runs = new ArrayList<>();
    private long lastForgotten;

    /**
     * @param directory where the runs are
     * @param journal what they are made from
     * @param window the longest window of any listener
     */
    DuplicateRuns(Path directory, Path journal, Duration window) {
        this.directory = directory;
        this.journal = journal;
        this.window = window;
    }

    /** What was written, and how many of the oldest runs have left the window meanwhile. */
    record Written(DuplicateRun run, int expired) {}

    /** The latest message with this identity in any run, or 0. */
    long find(long hash) {
        for (int i = runs.size() - 1; i >= 0; i--) {
            long found = find(i, hash);
            if (found != 0) {
                return found;
            }
        }
        return 0;
    }

    private long find(int number, long hash) {
        try {
            return runs.get(number).find(hash);
        } catch (IOException e) {
            LOG.error(
                    "{} cannot be read; it is made again from the journal",
                    runs.get(number).file(),
                    e);
            try {
                return makeAgain(number).find(hash);
            } catch (IOException | SQLException again) {
                throw new StoreException("whether a message is a duplicate cannot be found out", again);
            }
        }
    }

    private DuplicateRun makeAgain(int number) throws IOException, SQLException {
        DuplicateRun old = runs.get(number);
        List<long[]> rows;
        try (Connection connection = SqliteConnections.openReader(journal)) {
            rows = Sql.list(
                    connection,
                    row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)},
                    "SELECT id, identity, content FROM message WHERE id > ? AND id <= ?"
                            + " AND identity IS NOT NULL ORDER BY id",
                    List.of(old.afterId(), old.highId()));
        }
        long[] hashes = new long[rows.size() * 2];
        long[] ids = new long[rows.size() * 2];
        for (int i = 0; i < rows.size(); i++) {
            hashes[2 * i] = rows.get(i)[1];
            hashes[2 * i + 1] = rows.get(i)[2];
            ids[2 * i] = rows.get(i)[0];
            ids[2 * i + 1] = rows.get(i)[0];
        }
        DuplicateRun made = DuplicateRun.write(directory, old.afterId(), hashes, ids);
        runs.set(number, made);
        old.close();
        return made;
    }

    /** The highest message id that runs answer for. */
    long highId() {
        return runs.isEmpty() ? 0 : runs.get(runs.size() - 1).highId();
    }

    /** Where the next run begins. Behind what was forgotten it follows none: a start will see the gap. */
    long nextAfterId() {
        return Math.max(highId(), lastForgotten);
    }

    /** The latest message that even the disk had no room for, or 0. */
    long lastForgotten() {
        return lastForgotten;
    }

    /** What memory forgets without a run answers to nobody any more. */
    void forgotten(long messageId) {
        lastForgotten = messageId;
    }

    /** Writes the next run. For another thread; {@link #add} then takes it up. */
    Written write(List<DuplicateRun> present, long afterId, long[] hashes, long[] ids)
            throws IOException, SQLException {
        DuplicateRun run = DuplicateRun.write(directory, afterId, hashes, ids);
        try (Connection connection = SqliteConnections.openReader(journal)) {
            // A clock that ran ahead makes nothing expire before as much has come as a run holds.
            long newest = Sql.number(connection, 0, AT, run.highId());
            long since = Math.min(System.currentTimeMillis(), newest) - window.toMillis();
            int expired = 0;
            while (expired < present.size()
                    && Sql.number(connection, 0, AT, present.get(expired).highId()) <= since) {
                expired++;
            }
            return new Written(run, expired);
        }
    }

    List<DuplicateRun> present() {
        return List.copyOf(runs);
    }

    /** Takes up a run that was written, and gives up those that nobody needs or there is no room for. */
    void add(Written written) {
        runs.add(written.run());
        for (int i = 0; i < written.expired(); i++) {
            delete(runs.remove(0));
        }
        while (runs.size() > MOST_RUNS) {
            forgotten(runs.get(0).highId());
            delete(runs.remove(0));
        }
    }

    /** Takes up what an earlier life left, as far as it fits the journal. */
    void open(Connection connection, long sinceMillis) throws SQLException {
        for (Path file : files()) {
            DuplicateRun run = readOrNull(file);
            if (run != null && follows(connection, run)) {
                runs.add(run);
            } else {
                discard(file, run);
            }
        }
        if (!runs.isEmpty() && runs.size() < MOST_RUNS && isMissingBefore(connection, sinceMillis)) {
            LOG.warn("older duplicates are missing from the disk; all are read from the journal again");
            runs.forEach(DuplicateRuns::delete);
            runs.clear();
        }
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> String.valueOf(file.getFileName()).matches("duplicates-[0-9]{1,18}\\.run"))
                    .sorted(Comparator.comparingLong(DuplicateRuns::highIdOf))
                    .toList();
        } catch (IOException e) {
            throw new StoreException("the data directory cannot be listed: " + e.getMessage(), e);
        }
    }

    private static long highIdOf(Path file) {
        String name = String.valueOf(file.getFileName());
        return Long.parseLong(name.substring(name.indexOf('-') + 1, name.indexOf('.')));
    }

    private static @Nullable DuplicateRun readOrNull(Path file) {
        try {
            return DuplicateRun.read(file);
        } catch (IOException e) {
            LOG.warn("{} is read from the journal again: {}", file.getFileName(), e.toString());
            return null;
        }
    }

    /** Whether it continues the run before it, and its last message is the journal's. */
    private boolean follows(Connection connection, DuplicateRun run) throws SQLException {
        boolean isNext = runs.isEmpty() || run.afterId() == highId();
        return isNext
                && Sql.number(
                                connection,
                                0,
                                "SELECT count(*) FROM message WHERE id = ? AND content = ?",
                                run.highId(),
                                run.lastHash())
                        == 1;
    }

    /** Whether the window reaches back behind the oldest run. */
    private boolean isMissingBefore(Connection connection, long sinceMillis) throws SQLException {
        long at = Sql.number(
                connection,
                Long.MIN_VALUE,
                "SELECT at FROM message WHERE id <= ? AND identity IS NOT NULL ORDER BY id DESC LIMIT 1",
                runs.get(0).afterId());
        return at > sinceMillis;
    }

    private static void discard(Path file, @Nullable DuplicateRun run) {
        if (run != null) {
            delete(run);
        } else {
            StoreBackup.deleteQuietly(file);
        }
    }

    private static void delete(DuplicateRun run) {
        try {
            run.close();
        } catch (IOException e) {
            LOG.warn("{} could not be closed", run.file(), e);
        }
        StoreBackup.deleteQuietly(run.file());
    }

    @Override
    public void close() throws IOException {
        for (DuplicateRun run : runs) {
            run.close();
        }
    }
}
