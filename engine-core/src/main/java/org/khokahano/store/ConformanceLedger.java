package org.khokahano.store;

/** Keeps what validation counts of each sender. */
public interface ConformanceLedger {

    /**
     * Adds counts to those of their day; rides a commit like everything else. Completes as STORED once they
     * are durable, or as REFUSED, having added nothing.
     *
     * <p>Bounded is how many facilities are told apart, how many sources each has, and how many kinds of
     * findings each source has: what is beyond is counted as {@link ConformanceCounts#OTHER}.
     */
    void add(ConformanceCounts counts, Completion completion);
}
