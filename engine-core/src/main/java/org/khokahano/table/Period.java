package org.khokahano.table;

import java.time.LocalDate;

/**
 * The days on which a row of a code table is valid, in UTC, so that a message is translated the same way
 * wherever and whenever it is looked at.
 *
 * @param fromDay the first day, counted from 1970-01-01
 * @param untilDay the last day, likewise
 */
public record Period(int fromDay, int untilDay) {
    /** Valid on all days. */
    public static final Period ALWAYS = new Period(Integer.MIN_VALUE, Integer.MAX_VALUE);

    private static final long DAY_MILLIS = 86_400_000;

    /** From the first of the days to the last, both included. */
    public static Period between(LocalDate from, LocalDate until) {
        return new Period(Math.toIntExact(from.toEpochDay()), Math.toIntExact(until.toEpochDay()));
    }

    public static Period from(LocalDate from) {
        return new Period(Math.toIntExact(from.toEpochDay()), Integer.MAX_VALUE);
    }

    public static Period until(LocalDate until) {
        return new Period(Integer.MIN_VALUE, Math.toIntExact(until.toEpochDay()));
    }

    /** Whether there is a day that is in both. */
    public boolean overlaps(Period other) {
        return fromDay <= other.untilDay && other.fromDay <= untilDay;
    }

    static boolean contains(int fromDay, int untilDay, long atMillis) {
        long day = Math.floorDiv(atMillis, DAY_MILLIS);
        return fromDay <= day && day <= untilDay;
    }
}
