package org.khokahano.store;

/**
 * A destination that an operator has paused.
 *
 * @param destination its name
 * @param sinceMillis wall time of the pause
 * @param reason who and why
 */
public record PausedDestination(String destination, long sinceMillis, String reason) {}
