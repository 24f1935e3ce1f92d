package org.khokahano.config;

/** The least important thing that is logged. */
public enum LogLevel {
    /** Each step. */
    TRACE,
    /** What helps to find a fault. */
    DEBUG,
    /** What changes the engine, nothing for each message. */
    INFO,
    /** Something is wrong and nothing is lost. */
    WARN,
    /** Data or an operator is at stake. */
    ERROR
}
