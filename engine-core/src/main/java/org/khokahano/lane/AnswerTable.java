package org.khokahano.lane;

import java.util.EnumMap;
import java.util.Map;
import org.khokahano.send.OutcomeKind;

/** A destination's answer table: a rule for every kind of outcome (R28). */
public final class AnswerTable {

    /** After so many AE or CE a message is given up, unless the destination says otherwise. */
    public static final int DEFAULT_ATTEMPTS_AFTER_ERROR = 3;

    private final Map<OutcomeKind, AnswerRule> rules;

    private AnswerTable(Map<OutcomeKind, AnswerRule> rules) {
        this.rules = rules;
    }

    /**
     * AA and CA are done; AR, CR and everything that may pass by itself is tried again in order; AE
     * and CE, which name the content, are given up after three attempts. Sequence numbers that do not fit
     * are for an operator, and so is what cannot be sent at all.
     */
    public static AnswerTable defaults() {
        Map<OutcomeKind, AnswerRule> rules = new EnumMap<>(OutcomeKind.class);
        for (OutcomeKind kind : OutcomeKind.values()) {
            rules.put(kind, AnswerRule.atOnce(defaultAction(kind)));
        }
        AnswerRule contentError = AnswerRule.after(DEFAULT_ATTEMPTS_AFTER_ERROR, DeliveryAction.DEAD_LETTER);
        rules.put(OutcomeKind.AE, contentError);
        rules.put(OutcomeKind.CE, contentError);
        return new AnswerTable(rules);
    }

    private static DeliveryAction defaultAction(OutcomeKind kind) {
        return switch (kind) {
            case AA, CA -> DeliveryAction.DONE;
            case AE, CE, AR, CR, NO_MSA, UNREADABLE, TIMEOUT, REFUSED, RESET -> DeliveryAction.RETRY;
            case SEQUENCE -> DeliveryAction.HOLD;
            case UNSENDABLE -> DeliveryAction.DEAD_LETTER;
        };
    }

    /** A table with this rule in the place of the old one. */
    public AnswerTable with(OutcomeKind kind, AnswerRule rule) {
        Map<OutcomeKind, AnswerRule> changed = new EnumMap<>(rules);
        changed.put(kind, rule);
        return new AnswerTable(changed);
    }

    /** The rule for an outcome. */
    public AnswerRule rule(OutcomeKind kind) {
        AnswerRule rule = rules.get(kind);
        if (rule == null) {
            throw new IllegalStateException("the answer table has no rule for " + kind.key());
        }
        return rule;
    }
}
