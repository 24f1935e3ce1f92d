package org.khokahano.config;

/** How a message with only one of MSH-15 and MSH-16 is acknowledged (R23). */
public enum OneSided {
    /** In original mode, with a warning. */
    ORIGINAL,
    /** In enhanced mode. */
    ENHANCED
}
