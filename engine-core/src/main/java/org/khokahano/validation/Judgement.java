package org.khokahano.validation;

import org.khokahano.validation.ValidationPolicy.Verdict;

/**
 * What one listener's or one route's validation says of a message.
 *
 * @param stage whose
 * @param name the listener's or the route's name
 * @param policy what it was validated by
 */
public record Judgement(Stage stage, String name, ValidationPolicy policy, Verdict verdict) {

    /** Where messages are validated. */
    public enum Stage {
        LISTENER("listener"),
        ROUTE("route");

        private final String word;

        Stage(String word) {
            this.word = word;
        }

        /** As configurations and people call it. */
        public String word() {
            return word;
        }
    }

    /** How many findings of a severity there are; 0 where the configuration wants nobody to be told. */
    public int told(Severity severity) {
        return isTold(severity) ? verdict.findings().count(severity) : 0;
    }

    /** Whether findings of a severity are told of. */
    public boolean isTold(Severity severity) {
        return policy.on(severity) != Response.IGNORE;
    }
}
