package org.khokahano.store.sqlite;

import java.util.concurrent.TimeUnit;

/**
 * When the writer begins a commit, and which commits carry marks. A commit costs nearly the same
 * whether it holds one message or ten, so that it pays to wait for those who are about to come: the
 * senders whose answers the last commit brought. Not thread-safe; times are of {@link System#nanoTime}.
 *
 * <p>How many to wait for is learned from the last commit alone: what it held, and what came while it
 * was written. Where fewer come, the wait ends after a part of what a commit takes, and the next
 * commit waits for fewer. A sender that is alone never waits.
 */
final class CommitPace {

    /** No message waits longer than this for company. */
    private static final long MAX_WAIT_NANOS = TimeUnit.MICROSECONDS.toNanos(300);

    /** Waiting beyond half of a commit's time would cost more than a commit saved. */
    private static final int PART_OF_COMMIT = 2;

    /**
     * Commits that follow each other closely do not all carry marks: those touch pages that the
     * messages of the commit do not.
     */
    private static final long MARKS_APART_NANOS = TimeUnit.MICROSECONDS.toNanos(1_500);

    /** So many marks go with any commit. */
    private static final int MANY_MARKS = 512;

    private int wanted = 1;
    private long waitUntilNanos = System.nanoTime();
    private long marksWrittenNanos = System.nanoTime() - MARKS_APART_NANOS;

    /**
     * Notes a commit.
     *
     * @param messages how many it held
     * @param marks how many marks it held
     * @param waiting how many messages came meanwhile
     */
    void committed(int messages, int marks, int waiting, long beganNanos, long endedNanos) {
        wanted = Math.max(1, messages + waiting);
        waitUntilNanos = endedNanos + Math.min(MAX_WAIT_NANOS, (endedNanos - beganNanos) / PART_OF_COMMIT);
        if (marks > 0) {
            marksWrittenNanos = endedNanos;
        }
    }

    /** How many waiting messages the writer need not wait for more beside, before the wait is over. */
    int wanted() {
        return wanted;
    }

    /** How long to wait for the wanted number; 0 or less once that is over. */
    long waitNanos(long nowNanos) {
        return wanted > 1 ? waitUntilNanos - nowNanos : 0;
    }

    /** Whether a commit that begins now is to carry the marks that wait. */
    boolean takesMarks(int marks, long nowNanos) {
        return marks >= MANY_MARKS || nowNanos - marksWrittenNanos >= MARKS_APART_NANOS;
    }
}
