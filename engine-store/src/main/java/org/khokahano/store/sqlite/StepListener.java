package org.khokahano.store.sqlite;

import java.sql.SQLException;

/** Hears of each step as it is reached, on the thread that takes it. */
@FunctionalInterface
interface StepListener {

    /** Hears nothing. */
    StepListener NONE = step -> {};

    /**
     * The step has been reached.
     *
     * @throws SQLException in the place of the disk
     */
    void reached(WriterStep step) throws SQLException;
}
