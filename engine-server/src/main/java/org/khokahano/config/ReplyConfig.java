package org.khokahano.config;

import java.time.Duration;

/**
 * A destination whose answer is a listener's answer.
 *
 * @param from the destination's name
 * @param timeout how long a query may take, waiting included
 * @param connections how many connections there may be, with one query at a time each
 * @param maxQueries how many queries may be under way
 * @param audit whether the log says who asked when
 */
public record ReplyConfig(String from, Duration timeout, int connections, int maxQueries, boolean audit) {}
