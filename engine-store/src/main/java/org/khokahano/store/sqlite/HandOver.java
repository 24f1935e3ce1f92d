package org.khokahano.store.sqlite;

import java.util.concurrent.RejectedExecutionException;
import org.khokahano.loop.SerialExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives work to another thread, without ever harming the one that gives it. */
final class HandOver {

    private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);

    private HandOver() {}

    /** An executor that has shut down has nobody left to tell: what it would be told is durable. */
    static void to(SerialExecutor executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("an executor that has shut down was not told", e);
        } catch (RuntimeException e) {
            LOG.error("an executor could not take a task of the store", e);
        }
    }
}
