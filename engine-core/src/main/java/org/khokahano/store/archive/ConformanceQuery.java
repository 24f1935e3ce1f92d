package org.khokahano.store.archive;

import org.jspecify.annotations.Nullable;

/**
 * Which counts of validation are asked for. Days are counted since 1970-01-01, UTC.
 *
 * @param facility only of this facility; null for all
 * @param fromDay the first day
 * @param today the day that is the last of the latest week
 * @param limit at most so many sources and so many kinds, up to {@link MessageArchive#MAX_PAGE}
 */
public record ConformanceQuery(@Nullable String facility, long fromDay, long today, int limit) {

    private static final int WEEK_DAYS = 7;

    /** The first day of the latest week. */
    public long recentFrom() {
        return today - WEEK_DAYS + 1;
    }

    /** The first day of the week before that. */
    public long beforeFrom() {
        return recentFrom() - WEEK_DAYS;
    }

    /** The first day that counts for anything. */
    public long firstDay() {
        return Math.min(fromDay, beforeFrom());
    }
}
