package org.khokahano.config;

import java.util.List;
import java.util.Optional;

/**
 * Which messages go where.
 *
 * @param from the listeners whose messages it takes; all if it is empty
 * @param otherwise whether it takes only what no other route of the listener took
 * @param when a CEL expression over the message, as it is written; empty for all messages
 * @param except the filters that keep messages off it
 * @param map the mapping files that the messages go through, in order; none to leave them as they came
 * @param validate by what the messages are validated that it takes; empty if they are not
 * @param to the destinations
 */
public record RouteConfig(
        List<String> from,
        boolean otherwise,
        Optional<String> when,
        List<String> except,
        List<String> map,
        Optional<ValidateConfig> validate,
        List<String> to) {}
