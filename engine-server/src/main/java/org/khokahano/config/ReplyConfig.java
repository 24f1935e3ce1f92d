package org.khokahano.config;

import java.time.Duration;
import java.util.List;

/**
 * A destination whose answer is a listener's answer.
 *
 * @param from the destination's name
 * @param map mapping files that a query goes through before it is asked
 * @param mapAnswer mapping files that an answer goes through before it is given
 * @param timeout how long a query may take, waiting included
 * @param connections how many connections there may be, with one query at a time each
 * @param maxQueries how many queries may be under way
 * @param audit whether the log says who asked when
 */
public record ReplyConfig(
        String from,
        List<String> map,
        List<String> mapAnswer,
        Duration timeout,
        int connections,
        int maxQueries,
        boolean audit) {}
