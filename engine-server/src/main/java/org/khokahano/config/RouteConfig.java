package org.khokahano.config;

import java.util.List;
import java.util.Optional;

/**
 * Which messages go where.
 *
 * @param from the listeners whose messages it takes; all if it is empty
 * @param when a CEL expression over the message, as it is written; empty for all messages
 * @param map the mapping files that the messages go through, in order; none to leave them as they came
 * @param to the destinations
 */
public record RouteConfig(List<String> from, Optional<String> when, List<String> map, List<String> to) {}
