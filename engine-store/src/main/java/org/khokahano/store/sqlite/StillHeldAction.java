package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.store.AppendResult;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.StillHeld;
import org.khokahano.store.WaitingCode;

/** Keeps why a delivery that was planned again stays held. */
final class StillHeldAction implements JournalAction {

    private final Connection connection;
    private final JournalWriter writer;
    private final StillHeld still;
    private final RepetitionRows rows;

    StillHeldAction(Connection connection, JournalWriter writer, StillHeld still) {
        this.connection = connection;
        this.writer = writer;
        this.still = still;
        this.rows = new RepetitionRows(connection, "", still.atMillis());
    }

    @Override
    public AppendResult write(CommitReport report) throws SQLException {
        long message = Sql.number(
                connection, 0, "SELECT message_id FROM delivery WHERE id = ? AND state = 6", still.deliveryId());
        if (message == 0) {
            return AppendResult.refused("delivery " + still.deliveryId() + " is not held any more; see its history");
        }
        List<WaitingCode> codes = still.codes();
        if (codes != null && !codes.equals(WaitingReader.codes(connection, still.deliveryId()))) {
            rows.removeCodes(still.deliveryId());
            writer.insertCodes(still.deliveryId(), codes);
        }
        // Said once, and not again by each change of the configuration that leaves it as it is.
        if (!still.why().equals(latestReason())) {
            rows.decide(still.deliveryId(), DeliveryState.HELD, still.why(), false);
        }
        return AppendResult.stored(0, still.atMillis(), false);
    }

    private @Nullable String latestReason() throws SQLException {
        List<String> reasons = Sql.list(
                connection,
                row -> row.getString(1),
                "SELECT detail FROM attempt WHERE delivery_id = ? AND n < 0 ORDER BY n LIMIT 1",
                List.of(still.deliveryId()));
        return reasons.isEmpty() ? null : reasons.get(0);
    }
}
