package org.khokahano.lane;

/**
 * What a lane is.
 *
 * @param destination the destination's name
 * @param number this lane's number, from 0
 * @param lanes how many lanes the destination has
 * @param limits what it keeps in memory and how much may be outstanding
 * @param retry how long it waits between tries
 * @param answers what it does about each outcome
 * @param awaits whether an accepted delivery (CA) waits for its application acknowledgement (R21)
 */
public record LaneSettings(
        String destination,
        int number,
        int lanes,
        LaneLimits limits,
        RetryPolicy retry,
        AnswerTable answers,
        boolean awaits) {

    /** Whose deliveries wait for no application acknowledgement. */
    public LaneSettings(
            String destination, int number, int lanes, LaneLimits limits, RetryPolicy retry, AnswerTable answers) {
        this(destination, number, lanes, limits, retry, answers, false);
    }

    public LaneSettings {
        if (lanes < 1 || number < 0 || number >= lanes) {
            throw new IllegalArgumentException("lane " + number + " of " + lanes + " cannot be");
        }
    }

    @Override
    public String toString() {
        return lanes == 1 ? destination : destination + "/" + number;
    }
}
