package org.khokahano.store.sqlite;

/** The steps between which a process may die, and a disk may fail; each has its crash test. */
enum WriterStep {
    /** The writer has taken a batch from memory; nothing of it is written. */
    TAKEN,
    /** All rows are written inside the transaction; nothing is durable. */
    WRITTEN,
    /** The commit is durable; nobody has been told. */
    COMMITTED,
    /** Everybody has been told. */
    REPORTED,
    /** Retention has removed rows inside of a transaction of its own; nothing is durable. */
    PRUNING,
    /** That is durable. */
    PRUNED,
    /** The log is about to be copied into the file. */
    CHECKPOINTING,
    /** The log has been copied into the file. */
    CHECKPOINTED
}
