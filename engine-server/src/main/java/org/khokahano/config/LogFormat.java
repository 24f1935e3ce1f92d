package org.khokahano.config;

/** How a line of the log is written. */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** For collectors: one object a line. */
    JSON
}
