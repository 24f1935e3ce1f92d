package org.khokahano.expression;

/** Is told of conditions as they are asked; for whoever measures what cases cover. Costs nothing unused. */
@FunctionalInterface
public interface ConditionObserver {

    /** Called after the condition was evaluated, also where that failed. */
    void asked(Condition condition, ConditionTrace trace);
}
