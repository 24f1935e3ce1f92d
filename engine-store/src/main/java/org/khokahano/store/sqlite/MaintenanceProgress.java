package org.khokahano.store.sqlite;

/** Hears how far a long piece of maintenance has come. */
@FunctionalInterface
public interface MaintenanceProgress {

    /** Hears nothing. */
    MaintenanceProgress NONE = (step, done, total) -> {};

    /**
     * A step has come so far.
     *
     * @param step what is being done, such as {@code bodies}
     * @param done rows or bytes done
     * @param total rows or bytes there are; 0 where that is unknown
     */
    void at(String step, long done, long total);
}
