package org.khokahano.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.khokahano.expression.ClauseNode.Check;
import org.khokahano.message.MessagePath;

/**
 * Makes tests of {@code exists} and {@code all} over the values of a path, and of {@code in} them. Each step of a loop
 * in CEL's interpreter costs as much as a whole comparison here, and results have dozens of observations.
 */
final class ListTestBuilder {

    private final ExpressionTree tree;
    private final TextBuilder texts;

    ListTestBuilder(ExpressionTree tree, TextBuilder texts) {
        this.tree = tree;
        this.texts = texts;
    }

    /** A test of one value of the list. */
    @FunctionalInterface
    private interface ValueTest {
        boolean test(String value, ExpressionInput input);
    }

    /** The values of a path. */
    private record Values(boolean received, MessagePath path) {
        List<String> in(ExpressionInput input) {
            return (received ? input.received() : input.message()).values(path);
        }
    }

    /** The test that a part is; null where it is another one. */
    @Nullable
    Check known(CelExpr part) {
        if (part.exprKind().getKind() == Kind.COMPREHENSION) {
            return loop(part.comprehension());
        }
        if (!tree.calls(part, ClauseBuilder.IN)) {
            return null;
        }
        Text wanted = texts.known(part.call().args().get(0));
        Values values = values(part.call().args().get(1));
        return wanted == null || values == null
                ? null
                : input -> values.in(input).contains(wanted.in(input));
    }

    private @Nullable Check loop(CelComprehension loop) {
        CelExpr step = loop.loopStep();
        boolean any = tree.calls(step, ClauseBuilder.OR) && isConstant(loop.accuInit(), false);
        boolean every = tree.calls(step, ClauseBuilder.AND) && isConstant(loop.accuInit(), true);
        if (!any && !every || !isAccumulator(loop, loop.result())) {
            return null;
        }
        List<CelExpr> operands = step.call().args();
        Values values = values(loop.iterRange());
        ValueTest test = isAccumulator(loop, operands.get(0)) ? valueTest(loop.iterVar(), operands.get(1)) : null;
        if (values == null || test == null) {
            return null;
        }
        return input -> {
            for (String value : values.in(input)) {
                if (test.test(value, input) == any) {
                    return any;
                }
            }
            return !any;
        };
    }

    private static boolean isConstant(CelExpr part, boolean value) {
        CelConstant constant = part.constantOrDefault();
        return constant.getKind() == CelConstant.Kind.BOOLEAN_VALUE && constant.booleanValue() == value;
    }

    private static boolean isAccumulator(CelComprehension loop, CelExpr part) {
        return isNamed(part, loop.accuVar());
    }

    private static boolean isNamed(CelExpr part, String name) {
        return part.exprKind().getKind() == Kind.IDENT && part.ident().name().equals(name);
    }

    private @Nullable Values values(CelExpr part) {
        if (!tree.calls(part, CelEnvironment.VALUES)) {
            return null;
        }
        List<CelExpr> operands = ExpressionTree.operands(part);
        String path = ExpressionTree.constant(operands.get(1));
        String message = tree.variable(operands.get(0));
        return path == null || message.isEmpty()
                ? null
                : new Values(message.equals(ExpressionInput.RECEIVED), MessagePath.parse(path));
    }

    /** A test of the loop's variable by constants and code tables, none of which can fail. */
    private @Nullable ValueTest valueTest(String variable, CelExpr part) {
        if (part.exprKind().getKind() != Kind.CALL) {
            return null;
        }
        List<CelExpr> operands = ExpressionTree.operands(part);
        String function = part.call().function();
        if (function.equals(ClauseBuilder.NOT)) {
            ValueTest test = valueTest(variable, operands.get(0));
            return test == null ? null : (value, input) -> !test.test(value, input);
        }
        if (operands.size() != 2) {
            return null;
        }
        CelExpr first = operands.get(0);
        CelExpr second = operands.get(1);
        return switch (function) {
            case ClauseBuilder.AND -> both(variable, first, second);
            case ClauseBuilder.OR -> either(variable, first, second);
            case ClauseBuilder.IN -> {
                Set<String> constants = isNamed(first, variable) ? ClauseBuilder.constants(second) : null;
                yield constants == null ? null : (value, input) -> constants.contains(value);
            }
            case CelEnvironment.HAS -> {
                String table = isNamed(second, variable) ? TextBuilder.table(first) : null;
                yield table == null
                        ? null
                        : (value, input) -> input.table(table).has(value, "");
            }
            default ->
                isNamed(first, variable)
                        ? withConstant(function, ExpressionTree.constant(second))
                        : isNamed(second, variable) ? reversed(function, ExpressionTree.constant(first)) : null;
        };
    }

    private @Nullable ValueTest both(String variable, CelExpr first, CelExpr second) {
        ValueTest left = valueTest(variable, first);
        ValueTest right = valueTest(variable, second);
        return left == null || right == null
                ? null
                : (value, input) -> left.test(value, input) && right.test(value, input);
    }

    private @Nullable ValueTest either(String variable, CelExpr first, CelExpr second) {
        ValueTest left = valueTest(variable, first);
        ValueTest right = valueTest(variable, second);
        return left == null || right == null
                ? null
                : (value, input) -> left.test(value, input) || right.test(value, input);
    }

    private static @Nullable ValueTest withConstant(String function, @Nullable String constant) {
        if (constant == null) {
            return null;
        }
        return switch (function) {
            case ClauseBuilder.EQUALS -> (value, input) -> value.equals(constant);
            case ClauseBuilder.DIFFERS -> (value, input) -> !value.equals(constant);
            case "startsWith" -> (value, input) -> value.startsWith(constant);
            case "endsWith" -> (value, input) -> value.endsWith(constant);
            case "contains" -> (value, input) -> value.contains(constant);
            default -> null;
        };
    }

    private static @Nullable ValueTest reversed(String function, @Nullable String constant) {
        boolean symmetric = function.equals(ClauseBuilder.EQUALS) || function.equals(ClauseBuilder.DIFFERS);
        return symmetric ? withConstant(function, constant) : null;
    }
}
