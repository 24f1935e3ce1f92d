package org.khokahano.store.sqlite;

import java.sql.SQLException;
import java.util.function.Consumer;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.store.AppendResult;
import org.khokahano.store.AwaitedEnd;
import org.khokahano.store.Completion;

/** Ends what waits for application acknowledgements. */
final class AwaitedAction implements JournalAction {

    private final Ending ending;

    /** Written by the writer before the hand-over that lets the caller read it. */
    private AwaitedEnd end = AwaitedEnd.refused("it was not written");

    /** What is done, in the open transaction. */
    interface Ending {
        AwaitedEnd end() throws SQLException;
    }

    AwaitedAction(Ending ending) {
        this.ending = ending;
    }

    @Override
    public AppendResult write(CommitReport report) throws SQLException {
        end = ending.end();
        return AppendResult.stored(0, 0, false);
    }

    /** Hands over what has ended, once it is durable or refused. */
    Completion telling(SerialExecutor executor, Consumer<AwaitedEnd> then) {
        return new Completion() {
            @Override
            public SerialExecutor executor() {
                return executor;
            }

            @Override
            public void completed(AppendResult result) {
                then.accept(
                        result.outcome() == AppendResult.Outcome.STORED ? end : AwaitedEnd.refused(result.reason()));
            }
        };
    }
}
