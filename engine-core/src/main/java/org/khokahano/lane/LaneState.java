package org.khokahano.lane;

/** What a lane is doing. */
public enum LaneState {
    /** Sends as soon as it has something to send. */
    RUNNING,
    /** Waits before it tries again. */
    RETRYING,
    /** Stopped by the answer table; an operator resumes it. */
    HELD,
    /** Stopped by an operator. */
    PAUSED,
    /** Sends nothing more in this life: the engine is stopping, or the store has failed. */
    STOPPED
}
