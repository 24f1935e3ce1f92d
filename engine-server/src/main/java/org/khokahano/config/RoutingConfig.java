package org.khokahano.config;

/**
 * How routes are gone through.
 *
 * @param match how many of them take a message
 */
public record RoutingConfig(Match match) {
    /** How many routes take a message. */
    public enum Match {
        /** Every one that matches. */
        ALL,
        /** The first one that matches, in the order of the files. */
        FIRST
    }
}
