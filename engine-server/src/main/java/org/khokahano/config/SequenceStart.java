package org.khokahano.config;

/** How a destination's stream of sequence numbers is started (R33, R35). */
public enum SequenceStart {
    /** With 0: the partner says what it expects. */
    ASK,
    /** With -1: the partner takes whatever number comes next. */
    RESYNCHRONISE,
    /** With nothing. */
    NONE
}
