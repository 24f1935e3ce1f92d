package org.khokahano.lane;

/**
 * What to do about one kind of outcome: retry until so many attempts have been made, then the
 * action.
 *
 * @param afterAttempts the attempt from which the action holds; 1 means at once
 * @param action what to do then
 */
public record AnswerRule(int afterAttempts, DeliveryAction action) {

    public static AnswerRule atOnce(DeliveryAction action) {
        return new AnswerRule(1, action);
    }

    public static AnswerRule after(int attempts, DeliveryAction action) {
        return new AnswerRule(attempts, action);
    }

    /** The action for a delivery whose given number of attempts have now ended. */
    public DeliveryAction actionAfter(int attempts) {
        return attempts >= afterAttempts ? action : DeliveryAction.RETRY;
    }
}
