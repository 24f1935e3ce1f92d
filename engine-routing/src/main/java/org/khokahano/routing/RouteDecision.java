package org.khokahano.routing;

import org.khokahano.expression.Condition;
import org.khokahano.expression.ExpressionInput;
import org.khokahano.expression.FailedExpressionException;
import org.khokahano.routing.RouteTrace.Verdict;

/**
 * What a route's own conditions say to a message.
 *
 * @param verdict MATCHED, NOT_MATCHED, FILTERED or FAILED
 * @param why in words, without content
 * @param code why a condition failed, as a code, or which filter keeps the message off; empty otherwise
 */
record RouteDecision(Verdict verdict, String why, String code) {

    private static final RouteDecision UNCONDITIONAL = new RouteDecision(Verdict.MATCHED, "it has no condition", "");
    private static final RouteDecision MATCHED = new RouteDecision(Verdict.MATCHED, "true", "");
    private static final RouteDecision NOT_MATCHED = new RouteDecision(Verdict.NOT_MATCHED, "false", "");

    static RouteDecision of(Route route, ExpressionInput input) {
        Condition when = route.when();
        if (when != null) {
            try {
                if (!when.matches(input)) {
                    return NOT_MATCHED;
                }
            } catch (FailedExpressionException e) {
                return failed("the condition of route " + route.name(), e);
            }
        }
        for (int i = 0; i < route.except().size(); i++) {
            Filter filter = route.except().get(i);
            try {
                if (filter.when().matches(input)) {
                    return new RouteDecision(
                            Verdict.FILTERED, "filter " + filter.name() + ": " + filter.reason(), filter.name());
                }
            } catch (FailedExpressionException e) {
                return failed("the filter " + filter.name() + " of route " + route.name(), e);
            }
        }
        return when == null ? UNCONDITIONAL : MATCHED;
    }

    private static RouteDecision failed(String what, FailedExpressionException failure) {
        return new RouteDecision(Verdict.FAILED, what + " failed: " + failure.reason(), failure.reason());
    }
}
