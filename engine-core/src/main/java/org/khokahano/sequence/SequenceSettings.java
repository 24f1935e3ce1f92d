package org.khokahano.sequence;

/**
 * How a destination's messages are numbered.
 *
 * @param first the number of the first message ever
 * @param start how the link is started
 * @param behind what to do where the partner expects an earlier number than the one it got (R36)
 */
public record SequenceSettings(long first, Start start, Behind behind) {

    /** What is sent before the first message in each life of the engine. */
    public enum Start {
        /** A message with 0, which asks the partner what it expects (R33). */
        ASK,
        /** A message with -1, which has the partner adopt whatever number comes next (R35). */
        RESYNCHRONISE,
        /** Nothing: the first message goes with its number. */
        NONE
    }

    /** What to do where the partner expects an earlier number. */
    public enum Behind {
        /** Ask it once more with 0, and send the message again if that is what it expects. */
        RESTART,
        /** Stop the lane for an operator. */
        FREEZE
    }
}
