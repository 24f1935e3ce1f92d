package org.khokahano.config;

/** How an acknowledgement finds its message (R26). */
public enum AckMatch {
    /** By MSA-2. */
    CONTROL_ID,
    /** By its position, for partners that answer without a true MSA-2. */
    POSITIONAL
}
