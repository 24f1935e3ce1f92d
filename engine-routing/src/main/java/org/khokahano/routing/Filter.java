package org.khokahano.routing;

import org.khokahano.expression.Condition;

/**
 * A named reason to keep messages off a route.
 *
 * @param name the filter's name
 * @param when what is kept off
 * @param reason why, for whoever asks where a message went; no content
 */
public record Filter(String name, Condition when, String reason) {}
