package org.khokahano.store;

import org.khokahano.loop.SerialExecutor;

/** Told once how an append ended, on its own executor. */
public interface Completion {

    SerialExecutor executor();

    /** Called on {@link #executor()}, after the commit that made the message durable. */
    void completed(AppendResult result);
}
