package org.khokahano.store.sqlite;

import java.sql.SQLException;
import org.khokahano.store.AppendResult;

/**
 * A change to the journal that rides a commit. It checks before it writes: an action that throws takes
 * the whole commit with it.
 */
interface JournalAction {

    /** Writes in the open transaction, on the writer thread; what it queues goes into the report. */
    AppendResult write(CommitReport report) throws SQLException;

    /** Bytes that it holds in memory while it waits. */
    default long size() {
        return 0;
    }
}
