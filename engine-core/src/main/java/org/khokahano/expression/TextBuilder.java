package org.khokahano.expression;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.SimpleType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.khokahano.expression.MessageInput.HeaderField;
import org.khokahano.message.MessagePath;

/** Makes texts of the parts of a checked expression. */
final class TextBuilder {

    private static final String PLUS = "_+_";
    private static final String CHOICE = "_?_:_";
    private static final Map<String, HeaderField> HEADER =
            Stream.of(HeaderField.values()).collect(Collectors.toUnmodifiableMap(HeaderField::text, field -> field));

    private final ExpressionTree tree;
    private final Interpreter interpreter;
    private final ClauseBuilder clauses;

    TextBuilder(ExpressionTree tree, Interpreter interpreter, ClauseBuilder clauses) {
        this.tree = tree;
        this.interpreter = interpreter;
        this.clauses = clauses;
    }

    /** The text of any part whose type is text, a number or true and false. */
    Text build(CelExpr part) {
        Text known = known(part);
        if (known != null) {
            return known;
        }
        CelProgram program = interpreter.program(tree.alone(part));
        return input -> written(program.in(input));
    }

    private static String written(Object value) throws FailedExpressionException {
        if (value instanceof Double number) {
            if (number.isNaN() || number.isInfinite()) {
                throw new FailedExpressionException("notANumber");
            }
            BigDecimal exact = BigDecimal.valueOf(number);
            return (exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros()).toPlainString();
        }
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        throw new FailedExpressionException("notText");
    }

    /** The text of what needs no interpreter; null for other parts. */
    @Nullable
    Text known(CelExpr part) {
        String constant = ExpressionTree.constant(part);
        if (constant != null) {
            return new Text.Constant(constant);
        }
        String variable = tree.variable(part);
        if (!variable.isEmpty()) {
            return variable(variable);
        }
        if (part.exprKind().getKind() != Kind.CALL) {
            return null;
        }
        List<CelExpr> operands = ExpressionTree.operands(part);
        return switch (part.call().function()) {
            case CelEnvironment.INDEX -> atPath(operands);
            case PLUS -> joined(operands);
            case CHOICE -> chosen(part, operands);
            case CelEnvironment.TARGET -> translated(operands, false);
            case CelEnvironment.DISPLAY -> translated(operands, true);
            default -> null;
        };
    }

    private static @Nullable Text variable(String name) {
        if (name.equals(ExpressionInput.LISTENER)) {
            return ExpressionInput::listener;
        }
        if (name.equals(ExpressionInput.FACILITY)) {
            return ExpressionInput::facility;
        }
        int dot = name.indexOf('.');
        HeaderField field = dot < 0 ? null : HEADER.get(name.substring(dot + 1));
        return field == null ? null : new Text.Header(name.substring(0, dot).equals(ExpressionInput.RECEIVED), field);
    }

    private @Nullable Text atPath(List<CelExpr> operands) {
        String path = ExpressionTree.constant(operands.get(1));
        String message = tree.variable(operands.get(0));
        if (path == null || !tree.isMessage(operands.get(0)) || message.isEmpty()) {
            return null;
        }
        return new Text.AtPath(message.equals(ExpressionInput.RECEIVED), MessagePath.parse(path));
    }

    private @Nullable Text joined(List<CelExpr> operands) {
        Text left = known(operands.get(0));
        Text right = left == null ? null : known(operands.get(1));
        return left == null || right == null ? null : Text.Joined.of(left, right);
    }

    private @Nullable Text chosen(CelExpr part, List<CelExpr> operands) {
        if (!tree.type(part).equals(SimpleType.STRING)) {
            return null;
        }
        Text yes = build(operands.get(1));
        Text no = build(operands.get(2));
        return new Text.Chosen(clauses.build(operands.get(0)), yes, no);
    }

    private @Nullable Text translated(List<CelExpr> operands, boolean display) {
        String table = table(operands.get(0));
        Text code = known(operands.get(1));
        Text system = operands.size() > 2 ? known(operands.get(2)) : new Text.Constant("");
        return table == null || code == null || system == null
                ? null
                : new Text.Translated(table, code, system, display);
    }

    /** The name of the table that a part is. */
    static @Nullable String table(CelExpr part) {
        boolean table =
                part.exprKind().getKind() == Kind.CALL && part.call().function().equals(CelEnvironment.TABLE_FUNCTION);
        return table ? ExpressionTree.constant(part.call().args().get(0)) : null;
    }

    /** What a part of {@code msg} is called where conditions are compared; null for other parts. */
    @Nullable
    String subject(CelExpr part) {
        Text text = known(part);
        if (text instanceof Text.AtPath place && !place.received()) {
            return place.path().toString();
        }
        if (text instanceof Text.Header header && !header.received()) {
            MessagePath path = header.field().path();
            return path == null ? header.field().text() : path.toString();
        }
        String variable = tree.variable(part);
        return variable.equals(ExpressionInput.LISTENER) || variable.equals(ExpressionInput.FACILITY) ? variable : null;
    }

    /** How a part reads any of the message's values at once; for a trace. */
    @Nullable
    Function<ExpressionInput, String> reader(CelExpr part) {
        Text text = known(part);
        if (text == null
                || !(text instanceof Text.AtPath) && tree.variable(part).isEmpty()) {
            return null;
        }
        return input -> quietly(text, input);
    }

    private static String quietly(Text text, ExpressionInput input) {
        try {
            return text.in(input);
        } catch (FailedExpressionException e) {
            throw new IllegalStateException("reading a message does not fail", e);
        }
    }
}
