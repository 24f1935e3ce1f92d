package org.khokahano.store;

import java.util.function.Consumer;
import org.khokahano.loop.DirectExecutor;
import org.khokahano.loop.SerialExecutor;

/** Tells a result on the store's own thread: for what is as short as completing a future. */
public record DirectCompletion(Consumer<AppendResult> told) implements Completion {

    @Override
    public SerialExecutor executor() {
        return DirectExecutor.INSTANCE;
    }

    @Override
    public void completed(AppendResult result) {
        told.accept(result);
    }
}
