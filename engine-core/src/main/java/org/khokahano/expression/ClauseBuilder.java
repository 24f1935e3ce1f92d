package org.khokahano.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.khokahano.expression.ClauseNode.Check;
import org.khokahano.expression.ClauseNode.Leaf;
import org.khokahano.expression.ClauseNode.Not;
import org.khokahano.expression.ClauseNode.Several;
import org.khokahano.expression.ConditionTrace.Clause;
import org.khokahano.expression.ExpressionTree.Place;

/** Takes a checked condition apart into clauses. */
final class ClauseBuilder {

    static final String AND = "_&&_";
    static final String OR = "_||_";
    static final String NOT = "!_";
    static final String EQUALS = "_==_";
    static final String DIFFERS = "_!=_";
    static final String IN = "@in";

    private final ExpressionTree tree;
    private final TextBuilder texts;
    private final ListTestBuilder lists;
    private final Interpreter interpreter;
    private int clauses;

    ClauseBuilder(ExpressionTree tree, Interpreter interpreter) {
        this.tree = tree;
        this.interpreter = interpreter;
        this.texts = new TextBuilder(tree, interpreter, this);
        this.lists = new ListTestBuilder(tree, texts);
    }

    ClauseNode build(CelExpr part) {
        Clause clause = clause(part);
        if (tree.calls(part, AND) || tree.calls(part, OR)) {
            List<CelExpr> operands = new ArrayList<>();
            flatten(part, part.call().function(), operands);
            List<ClauseNode> parts = operands.stream().map(this::build).toList();
            return new Several(clause, tree.calls(part, OR), parts);
        }
        if (tree.calls(part, NOT)) {
            return new Not(clause, build(part.call().args().get(0)));
        }
        Comparison comparison = comparison(part);
        return new Leaf(clause, check(part), new ReadBuilder(tree, texts).reads(part), comparison);
    }

    private Clause clause(CelExpr part) {
        Place place = tree.startOf(part);
        return new Clause(clauses++, tree.text(part), place.line(), place.column());
    }

    private void flatten(CelExpr part, String operator, List<CelExpr> operands) {
        if (tree.calls(part, operator)) {
            part.call().args().forEach(argument -> flatten(argument, operator, operands));
        } else {
            operands.add(part);
        }
    }

    private Check check(CelExpr part) {
        Check known = known(part);
        if (known != null) {
            return known;
        }
        CelProgram program = interpreter.program(tree.alone(part));
        return program::test;
    }

    /** The tests that need no interpreter; null for others. */
    private @Nullable Check known(CelExpr part) {
        Boolean constant = booleanConstant(part);
        if (constant != null) {
            return input -> constant;
        }
        Check ofList = lists.known(part);
        if (ofList != null) {
            return ofList;
        }
        if (part.exprKind().getKind() != Kind.CALL) {
            return null;
        }
        List<CelExpr> operands = ExpressionTree.operands(part);
        if (operands.size() < 2) {
            return null;
        }
        CelExpr first = operands.get(0);
        if (tree.calls(part, CelEnvironment.HAS) && CelEnvironment.TABLE.equals(tree.type(first))) {
            return tableHas(first, operands);
        }
        Text left = texts.known(first);
        if (left == null || operands.size() != 2) {
            return null;
        }
        if (tree.calls(part, IN)) {
            Set<String> values = constants(operands.get(1));
            return values == null ? null : input -> values.contains(left.in(input));
        }
        Text right = texts.known(operands.get(1));
        return right == null ? null : ofTwoTexts(part.call().function(), left, right);
    }

    private static @Nullable Check ofTwoTexts(String function, Text left, Text right) {
        return switch (function) {
            case EQUALS -> input -> left.in(input).equals(right.in(input));
            case DIFFERS -> input -> !left.in(input).equals(right.in(input));
            case "startsWith" -> input -> left.in(input).startsWith(right.in(input));
            case "endsWith" -> input -> left.in(input).endsWith(right.in(input));
            case "contains" -> input -> left.in(input).contains(right.in(input));
            default -> null;
        };
    }

    private @Nullable Check tableHas(CelExpr target, List<CelExpr> operands) {
        String table = TextBuilder.table(target);
        Text code = texts.known(operands.get(1));
        Text system = operands.size() > 2 ? texts.known(operands.get(2)) : new Text.Constant("");
        if (table == null || code == null || system == null) {
            return null;
        }
        return input -> input.table(table).has(code.in(input), system.in(input));
    }

    private @Nullable Comparison comparison(CelExpr part) {
        Boolean constant = booleanConstant(part);
        if (constant != null) {
            return Comparison.always(constant);
        }
        boolean equal = tree.calls(part, EQUALS);
        if (equal || tree.calls(part, DIFFERS)) {
            CelExpr left = part.call().args().get(0);
            CelExpr right = part.call().args().get(1);
            String value = ExpressionTree.constant(right);
            CelExpr place = value == null ? right : left;
            String compared = value == null ? ExpressionTree.constant(left) : value;
            String subject = texts.subject(place);
            return subject == null || compared == null ? null : new Comparison(subject, Set.of(compared), equal);
        }
        if (tree.calls(part, IN)) {
            String subject = texts.subject(part.call().args().get(0));
            Set<String> values = constants(part.call().args().get(1));
            return subject == null || values == null ? null : new Comparison(subject, values, true);
        }
        return null;
    }

    private static @Nullable Boolean booleanConstant(CelExpr part) {
        CelConstant constant = part.constantOrDefault();
        return constant.getKind() == CelConstant.Kind.BOOLEAN_VALUE ? constant.booleanValue() : null;
    }

    /** The texts of a list that is written out; null where it is something else. */
    static @Nullable Set<String> constants(CelExpr list) {
        if (list.exprKind().getKind() != Kind.LIST || list.list().elements().isEmpty()) {
            return null;
        }
        Set<String> values = new LinkedHashSet<>();
        for (CelExpr element : list.list().elements()) {
            String value = ExpressionTree.constant(element);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return values;
    }
}
