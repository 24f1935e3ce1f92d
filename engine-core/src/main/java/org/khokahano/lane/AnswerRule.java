package org.khokahano.lane;

/**
 * What to do about one kind of outcome: retry until so many attempts have ended so, then the action.
 * Only attempts that ended in this way count: a partner that was unreachable for hours costs no
 * message one of its tries. The count is kept in memory and begins anew after a restart.
 *
 * @param afterAttempts how many attempts must have ended so for the action; 1 means at once
 * @param action what to do then
 */
public record AnswerRule(int afterAttempts, DeliveryAction action) {

    public AnswerRule {
        if (afterAttempts < 1) {
            throw new IllegalArgumentException("an action holds from the first attempt at the earliest");
        }
    }

    public static AnswerRule atOnce(DeliveryAction action) {
        return new AnswerRule(1, action);
    }

    public static AnswerRule after(int attempts, DeliveryAction action) {
        return new AnswerRule(attempts, action);
    }

    /** The action for a delivery of which so many attempts, this one included, have ended so. */
    public DeliveryAction actionAfter(int attempts) {
        return attempts >= afterAttempts ? action : DeliveryAction.RETRY;
    }
}
