package org.khokahano.config;

/** How messages are acknowledged (HL7 2.8.2 and 2.8.3). */
public enum AckMode {
    /** As MSH-15 and MSH-16 say. */
    AUTO,
    /** Always in original mode. */
    ORIGINAL,
    /** Always in enhanced mode. */
    ENHANCED
}
