package org.khokahano.store.sqlite;

import java.sql.SQLException;
import java.util.List;
import org.khokahano.store.AppendResult;
import org.khokahano.store.Quarantined;

/** Moves the fragments of a message whose rest did not come into the quarantine (R42). */
final class ExpireFragmentsAction implements JournalAction {

    private final FragmentRows rows;
    private final JournalWriter writer;
    private final long chain;
    private final int fragments;
    private final String reason;
    private final String detail;
    private final long atMillis;
    private volatile List<Integer> moved = List.of();

    ExpireFragmentsAction(
            FragmentRows rows,
            JournalWriter writer,
            long chain,
            int fragments,
            String reason,
            String detail,
            long atMillis) {
        this.rows = rows;
        this.writer = writer;
        this.chain = chain;
        this.fragments = fragments;
        this.reason = reason;
        this.detail = detail;
        this.atMillis = atMillis;
    }

    /** The lengths of what was moved. */
    List<Integer> moved() {
        return moved;
    }

    @Override
    public AppendResult write(CommitReport report) throws SQLException {
        moved = List.of();
        if (rows.isAt(chain, fragments)) {
            List<Quarantined> inputs = rows.quarantined(chain, reason, detail, atMillis);
            for (Quarantined input : inputs) {
                writer.insert(input);
            }
            rows.remove(chain);
            moved = inputs.stream().map(input -> input.bytes().length).toList();
        }
        return AppendResult.stored(0, atMillis, false);
    }
}
