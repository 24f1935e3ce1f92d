package org.khokahano.config;

/** What is done where the partner expects an earlier number than the one it got (R36). */
public enum SequenceBehind {
    /** It is asked once more with 0. */
    RESTART,
    /** The lane stops for an operator. */
    FREEZE
}
