package org.khokahano.expression;

import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.khokahano.expression.ExpressionTree.Place;

/**
 * Compiles expressions: CEL over a message, typed, so that a mistake is found when the configuration is
 * read. The first one costs about half a second, so nobody makes a compiler without an expression. Used
 * by one thread.
 *
 * <p>What an expression may cost is bounded: {@link #MAX_LENGTH} characters, {@link #MAX_DEPTH} levels,
 * {@link #MAX_ITERATIONS} steps in all its loops together, and regular expressions that take time in
 * proportion to the text (RE2).
 */
public final class ExpressionCompiler {

    /** How long an expression may be, in characters. */
    public static final int MAX_LENGTH = 4_000;

    /** How deep an expression may be nested. */
    public static final int MAX_DEPTH = 32;

    /** How many steps the loops of one evaluation may take, all together. */
    public static final int MAX_ITERATIONS = 10_000;

    static final int MAX_REGEX_PROGRAM = 1_000;

    private static final Set<CelType> TEXTUAL = Set.of(
            SimpleType.STRING, SimpleType.BOOL, SimpleType.INT, SimpleType.UINT, SimpleType.DOUBLE, SimpleType.DYN);

    private final Set<String> tables;
    private final CelCompiler compiler = CelEnvironment.compiler();

    /** Interpreters by the number of steps that their loops may take. */
    private final Map<Integer, CelRuntime> runtimes = new HashMap<>();

    /**
     * A compiler.
     *
     * @param tables the names of the code tables that expressions may use
     */
    public ExpressionCompiler(Set<String> tables) {
        this.tables = Set.copyOf(tables);
    }

    /**
     * Compiles a condition: an expression that is true or false.
     *
     * @throws InvalidExpressionException with everything that is wrong with it
     */
    public Condition condition(String text) throws InvalidExpressionException {
        ExpressionTree tree = checked(text, "condition", "remove 'when' to take all messages");
        CelType type = tree.type(tree.root());
        if (!type.equals(SimpleType.BOOL) && !type.equals(SimpleType.DYN)) {
            throw invalid(
                    tree, "the condition is a " + type.name() + ", not true or false", "compare it with something");
        }
        ExpressionChecks checks = checks(tree);
        ClauseNode root = new ClauseBuilder(tree, interpreter(tree)).build(tree.root());
        return new Condition(text, root, checks.reads());
    }

    /**
     * Compiles a value: an expression that is text, or a number or boolean that is written as text.
     *
     * @throws InvalidExpressionException with everything that is wrong with it
     */
    public ValueExpression value(String text) throws InvalidExpressionException {
        ExpressionTree tree = checked(text, "value", "write '' for an empty text");
        CelType type = tree.type(tree.root());
        if (!TEXTUAL.contains(type)) {
            throw invalid(
                    tree,
                    "the value is a " + type.name() + ", not text",
                    type.equals(CelEnvironment.MESSAGE) ? "name a field: msg['PID-3.1']" : "make text of it");
        }
        ExpressionChecks checks = checks(tree);
        Interpreter interpreter = interpreter(tree);
        TextBuilder texts = new TextBuilder(tree, interpreter, new ClauseBuilder(tree, interpreter));
        return new ValueExpression(text, texts.build(tree.root()), checks.reads());
    }

    private ExpressionTree checked(String text, String what, String whereEmpty) throws InvalidExpressionException {
        if (text.isBlank()) {
            throw new InvalidExpressionException(
                    List.of(new ExpressionProblem(1, 1, "the " + what + " is empty", whereEmpty)));
        }
        CelValidationResult checked = compiler.compile(text);
        if (checked.hasError()) {
            throw new InvalidExpressionException(problems(text, checked.getErrors()));
        }
        try {
            return new ExpressionTree(text, checked.getAst());
        } catch (CelValidationException e) {
            throw new IllegalStateException("a checked expression has errors", e);
        }
    }

    private ExpressionChecks checks(ExpressionTree tree) throws InvalidExpressionException {
        ExpressionChecks checks = new ExpressionChecks(tree, tables);
        if (!checks.problems().isEmpty()) {
            throw new InvalidExpressionException(checks.problems());
        }
        return checks;
    }

    /** The parts of an expression that have loops share the steps of one evaluation. */
    private Interpreter interpreter(ExpressionTree tree) {
        long loops = tree.parts(tree.root())
                .filter(part -> part.exprKind().getKind() == CelExpr.ExprKind.Kind.COMPREHENSION)
                .count();
        int each = (int) Math.max(1, MAX_ITERATIONS / Math.max(1, loops));
        return part -> {
            // A part without a loop never asks for the steps; parts nested in each other share theirs.
            int steps = loops <= 1 || part.getExpr().id() == tree.root().id() ? MAX_ITERATIONS : each;
            try {
                return new CelProgram(
                        runtimes.computeIfAbsent(steps, CelEnvironment::runtime).createProgram(part));
            } catch (CelEvaluationException e) {
                throw new IllegalStateException("a checked expression cannot be planned", e);
            }
        };
    }

    private static InvalidExpressionException invalid(ExpressionTree tree, String message, String hint) {
        Place place = tree.placeOf(tree.root().id());
        return new InvalidExpressionException(
                List.of(new ExpressionProblem(place.line(), place.column(), message, hint)));
    }

    private static List<ExpressionProblem> problems(String text, List<CelIssue> issues) {
        boolean syntax = issues.stream().anyMatch(issue -> ExpressionMistakes.isSyntax(issue.getMessage()));
        if (!syntax) {
            return issues.stream().map(issue -> problem(text, issue)).toList();
        }
        List<ExpressionProblem> usual = ExpressionSyntax.mistakes(text);
        // What a parser says after its first error follows from that one.
        return usual.isEmpty() ? List.of(problem(text, issues.get(0))) : usual;
    }

    private static ExpressionProblem problem(String text, CelIssue issue) {
        int line = Math.max(1, issue.getSourceLocation().getLine());
        int column = Math.max(0, issue.getSourceLocation().getColumn()) + 1;
        return ExpressionMistakes.explain(text, line, column, issue.getMessage());
    }
}
