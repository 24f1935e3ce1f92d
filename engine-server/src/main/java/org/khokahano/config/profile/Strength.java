package org.khokahano.config.profile;

/** How binding a table of codes is. */
public enum Strength {
    /** Other codes are errors. */
    REQUIRED,
    /** Other codes are warnings: they may be right where the table has none. */
    EXTENSIBLE,
    /** Other codes are information. */
    PREFERRED
}
