package org.khokahano.store.sqlite;

import java.sql.SQLException;
import java.util.function.Consumer;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.store.AppendResult;
import org.khokahano.store.Completion;
import org.khokahano.store.SequenceChange;
import org.khokahano.store.SequenceLink;
import org.khokahano.store.SequenceReading;

/** Changes where a stream of numbered messages stands. */
final class SequenceAction implements JournalAction {

    private final SequenceTable sequences;
    private final SequenceLink link;
    private final SequenceChange change;

    /** Written by the writer before the hand-over that lets the caller read it. */
    private SequenceReading reading = SequenceReading.refused("it was not written");

    SequenceAction(SequenceTable sequences, SequenceLink link, SequenceChange change) {
        this.sequences = sequences;
        this.link = link;
        this.change = change;
    }

    @Override
    public AppendResult write(CommitReport report) throws SQLException {
        reading = sequences.change(link, change);
        return reading.refusal().isEmpty() ? AppendResult.stored(0, 0, false) : AppendResult.refused(reading.refusal());
    }

    /** Hands over what became of it, once it is durable or refused. */
    Completion telling(SerialExecutor executor, Consumer<SequenceReading> then) {
        return new Completion() {
            @Override
            public SerialExecutor executor() {
                return executor;
            }

            @Override
            public void completed(AppendResult result) {
                then.accept(
                        result.outcome() == AppendResult.Outcome.STORED
                                ? reading
                                : SequenceReading.refused(result.reason()));
            }
        };
    }
}
