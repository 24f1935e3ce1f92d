package org.khokahano.config.value;

/** How grave it is to break rules of a kind, or that they are not looked at. */
public enum RuleLevel {
    ERROR,
    WARNING,
    INFORMATION,
    OFF
}
