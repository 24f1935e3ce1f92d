package org.khokahano.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.store.AppendResult;
import org.khokahano.store.Completion;
import org.khokahano.store.StoreException;
import org.khokahano.store.fragment.FragmentReading;
import org.khokahano.store.fragment.FragmentResult;
import org.khokahano.store.fragment.FragmentResult.Outcome;
import org.khokahano.store.fragment.FragmentStore;
import org.khokahano.store.fragment.NewFragment;
import org.khokahano.store.fragment.PendingFragments;

/** Fragments in the journal: decided by its writer, in group commit with all else. */
final class SqliteFragments implements FragmentStore {

    private final SqliteStoreSettings config;
    private final FragmentRows rows;
    private final JournalWriter writer;
    private final GroupCommit groupCommit;
    private final LaneReader reader;

    SqliteFragments(
            SqliteStoreSettings config,
            FragmentRows rows,
            JournalWriter writer,
            GroupCommit groupCommit,
            LaneReader reader) {
        this.config = config;
        this.rows = rows;
        this.writer = writer;
        this.groupCommit = groupCommit;
        this.reader = reader;
    }

    private record Then(SerialExecutor executor, Consumer<AppendResult> next) implements Completion {
        @Override
        public void completed(AppendResult result) {
            next.accept(result);
        }
    }

    private static boolean isWritten(AppendResult result) {
        return result.outcome() == AppendResult.Outcome.STORED;
    }

    @Override
    public void appendFragment(NewFragment fragment, SerialExecutor executor, Consumer<FragmentResult> then) {
        FragmentAction action = new FragmentAction(rows, fragment);
        groupCommit.append(new Append.OfAction(action, new Then(executor, result -> {
            // A commit that failed may have come as far as to decide; nothing of it holds then.
            then.accept(isWritten(result) ? action.result() : FragmentResult.not(Outcome.REFUSED));
        })));
    }

    @Override
    public void readFragments(long chain, SerialExecutor executor, Consumer<FragmentReading> then) {
        reader.readFragments(chain, executor, then);
    }

    @Override
    public void expireFragments(
            long chain,
            int fragments,
            String reason,
            String detail,
            long atMillis,
            SerialExecutor executor,
            Consumer<@Nullable List<Integer>> then) {
        ExpireFragmentsAction action =
                new ExpireFragmentsAction(rows, writer, chain, fragments, reason, detail, atMillis);
        groupCommit.append(new Append.OfAction(
                action, new Then(executor, result -> then.accept(isWritten(result) ? action.moved() : null))));
    }

    @Override
    public void dropFragments(long chain, SerialExecutor executor, Runnable then) {
        JournalAction drop = report -> {
            rows.remove(chain);
            return AppendResult.stored(0, 0, false);
        };
        groupCommit.append(new Append.OfAction(drop, new Then(executor, result -> then.run())));
    }

    @Override
    public List<PendingFragments> pendingFragments() {
        try (Connection connection = SqliteConnections.openReader(config.journal())) {
            return Sql.list(
                    connection,
                    row -> new PendingFragments(
                            row.getLong(1),
                            row.getString(2),
                            row.getInt(3),
                            row.getString(4),
                            row.getLong(5),
                            row.getInt(6) == FragmentRows.END),
                    "SELECT f.chain, l.name, f.n, coalesce(first.control_id, ''), coalesce(first.at, f.at), f.state"
                            + " FROM fragment f LEFT JOIN fragment first ON first.id = f.chain"
                            + " JOIN name l ON l.id = f.listener"
                            + " WHERE f.state IN (1, 2) ORDER BY f.id",
                    List.of());
        } catch (SQLException e) {
            throw new StoreException("which messages are unfinished cannot be read", e);
        }
    }
}
