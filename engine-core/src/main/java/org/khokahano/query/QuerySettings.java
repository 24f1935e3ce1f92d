package org.khokahano.query;

import java.time.Duration;

/**
 * The bounds of a listener's queries.
 *
 * @param timeout how long a query may take from its receipt to its answer, waiting included
 * @param connections how many connections to the partner there may be, each with one query at a time
 * @param maxQueries how many queries may be under way at a time, the waiting ones included
 */
public record QuerySettings(Duration timeout, int connections, int maxQueries) {}
