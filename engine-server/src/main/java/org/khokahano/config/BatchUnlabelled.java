package org.khokahano.config;

/** What becomes of several messages that follow each other without FHS or BHS (R45). */
public enum BatchUnlabelled {
    /** They are refused whole, and kept in quarantine. */
    REJECT,
    /** Each is taken by itself, as those of a batch. */
    SPLIT
}
