package org.khokahano.accept;

import java.util.function.Consumer;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.store.AppendResult;
import org.khokahano.store.Completion;

/** What follows the commit, on the executor that received the message. */
record AfterCommit(SerialExecutor executor, Consumer<AppendResult> next) implements Completion {
    @Override
    public void completed(AppendResult result) {
        next.accept(result);
    }
}
