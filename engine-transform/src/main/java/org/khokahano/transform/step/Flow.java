package org.khokahano.transform.step;

/** Whether the steps after this one take place. */
public enum Flow {
    /** They do. */
    ON,
    /** The message is done with: dropped, for one. */
    END
}
