package org.khokahano.config;

/** What becomes of a message that no route wants. */
public enum OnNoRoute {
    /** It is stored without a delivery, acknowledged, and counted as unrouted. */
    ACCEPT,
    /** It is refused, and kept in quarantine. */
    REJECT,
    /** It is stored, acknowledged, counted as unrouted, and held until an operator decides. */
    HOLD
}
