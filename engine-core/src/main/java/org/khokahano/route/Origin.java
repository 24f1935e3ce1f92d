package org.khokahano.route;

/**
 * Where a message came from, and when.
 *
 * @param listener the listener that received it
 * @param facility the facility that the listener serves, empty where none is set
 * @param receivedMillis wall time of receipt; what is planned depends on this time and on no other
 */
public record Origin(String listener, String facility, long receivedMillis) {}
