package org.khokahano.routing;

/** How many routes take a message. */
public enum RouteMatch {
    /** Every route that matches. */
    ALL,
    /** The first one that matches, in the order of the configuration. */
    FIRST
}
