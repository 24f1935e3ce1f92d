package org.khokahano.conformance.profile;

import org.jspecify.annotations.Nullable;
import org.khokahano.conformance.rule.Element;
import org.khokahano.conformance.rule.Rule;
import org.khokahano.expression.Condition;
import org.khokahano.expression.ExpressionInput;
import org.khokahano.expression.FailedExpressionException;
import org.khokahano.message.Message;
import org.khokahano.message.MessageView;
import org.khokahano.route.Origin;
import org.khokahano.table.CodeTables;
import org.khokahano.validation.Findings;
import org.khokahano.validation.Place;
import org.khokahano.validation.Severity;

/** A condition that is asked from a place in a message. Safe for several threads. */
public final class PlaceCondition {
    /** What is taken of the budget for a condition: about as much as this many places cost. */
    private static final int STEPS = 5;

    /** What a condition says; unknown where it failed, which is told, or where the budget is spent. */
    enum Answer {
        TRUE,
        FALSE,
        UNKNOWN
    }

    private final Condition condition;
    private final CodeTables tables;
    private final boolean readsAll;

    public PlaceCondition(Condition condition, CodeTables tables) {
        this.condition = condition;
        this.tables = tables;
        this.readsAll = condition.text().contains(".all(");
    }

    /** As it was written. */
    public String text() {
        return condition.text();
    }

    /** @param rule under which it is told that the condition fails for this message; null where nobody minds */
    Answer ask(MessageView view, Message message, Origin origin, Findings findings, @Nullable Rule rule, Place place) {
        if (!findings.mayTake(readsAll ? STEPS + message.segmentCount() : STEPS)) {
            return Answer.UNKNOWN;
        }
        try {
            boolean holds = condition.matches(ExpressionInput.of(view, message, origin, tables));
            return holds ? Answer.TRUE : Answer.FALSE;
        } catch (FailedExpressionException failed) {
            if (rule != null) {
                Rule warning = new Rule(rule.id(), rule.layer(), Severity.WARNING, rule.condition());
                findings.add(warning.at(place, "the condition of the rule cannot be evaluated for this message"));
            }
            return Answer.UNKNOWN;
        }
    }

    Answer ask(Element element, Findings findings, @Nullable Rule rule) {
        return ask(element.view(), element.message(), element.origin(), findings, rule, element.place());
    }
}
