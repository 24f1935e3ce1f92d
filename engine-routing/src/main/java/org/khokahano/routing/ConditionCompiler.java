package org.khokahano.routing;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.khokahano.message.InvalidPathException;
import org.khokahano.message.MessagePath;
import org.khokahano.routing.ConditionInput.Variable;

/**
 * Compiles conditions: CEL over a message, typed, so that a mistake is found when the configuration is
 * read. The first one costs about half a second, so nobody makes a compiler without a condition.
 *
 * <p>What a condition may cost is bounded: {@link #MAX_LENGTH} characters, {@link #MAX_DEPTH} levels,
 * {@link #MAX_ITERATIONS} steps in all its loops together, and regular expressions that take time in
 * proportion to the text (RE2).
 */
public final class ConditionCompiler {

    /** How long an expression may be, in characters. */
    public static final int MAX_LENGTH = 4_000;

    /** How deep an expression may be nested. */
    public static final int MAX_DEPTH = 32;

    /** How many steps the loops of one evaluation may take, all together. */
    public static final int MAX_ITERATIONS = 10_000;

    private static final int MAX_REGEX_PROGRAM = 1_000;
    private static final CelType MESSAGE = OpaqueType.create("message");
    private static final String INDEX = "_[_]";
    private static final String MATCHES = "matches";

    // CEL has a macro all(x, condition), with which a function of that name would clash; a macro with
    // one argument less does not, and calls this.
    private static final String ALL = "all";
    private static final String VALUES = "values";
    private static final String VALUE_OVERLOAD = "message_value";
    private static final String VALUES_OVERLOAD = "message_values";

    private final CelCompiler compiler;
    private final CelRuntime runtime;

    public ConditionCompiler() {
        CelOptions options = CelOptions.current()
                .maxExpressionCodePointSize(MAX_LENGTH)
                .maxParseRecursionDepth(MAX_DEPTH)
                .comprehensionMaxIterations(MAX_ITERATIONS)
                .maxRegexProgramSize(MAX_REGEX_PROGRAM)
                .build();
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(options)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addMacros(CelMacro.newReceiverMacro(
                        ALL,
                        1,
                        (factory, target, arguments) ->
                                Optional.of(factory.newReceiverCall(VALUES, target, arguments))))
                .addFunctionDeclarations(
                        CelFunctionDecl.newFunctionDeclaration(
                                INDEX,
                                CelOverloadDecl.newGlobalOverload(
                                        VALUE_OVERLOAD, SimpleType.STRING, MESSAGE, SimpleType.STRING)),
                        CelFunctionDecl.newFunctionDeclaration(
                                VALUES,
                                CelOverloadDecl.newMemberOverload(
                                        VALUES_OVERLOAD,
                                        ListType.create(SimpleType.STRING),
                                        MESSAGE,
                                        SimpleType.STRING)))
                .setResultType(SimpleType.BOOL);
        for (Variable variable : Variable.values()) {
            builder.addVar(variable.text(), variable == Variable.MESSAGE ? MESSAGE : SimpleType.STRING);
        }
        compiler = builder.build();
        runtime = CelRuntimeFactory.standardCelRuntimeBuilder()
                .setOptions(options)
                .addFunctionBindings(
                        CelFunctionBinding.from(
                                VALUE_OVERLOAD, ConditionInput.class, String.class, ConditionInput::value),
                        CelFunctionBinding.from(
                                VALUES_OVERLOAD, ConditionInput.class, String.class, ConditionInput::values))
                .build();
    }

    /**
     * Compiles an expression.
     *
     * @throws InvalidConditionException with everything that is wrong with it
     */
    public Condition compile(String text) throws InvalidConditionException {
        CelValidationResult checked = compiler.compile(text);
        if (checked.hasError()) {
            throw new InvalidConditionException(problems(text, checked.getErrors()));
        }
        try {
            CelAbstractSyntaxTree tree = checked.getAst();
            List<ConditionProblem> problems = constantProblems(tree);
            if (!problems.isEmpty()) {
                throw new InvalidConditionException(problems);
            }
            return new Condition(text, runtime.createProgram(tree));
        } catch (CelValidationException | CelEvaluationException e) {
            String message = "the condition cannot be compiled";
            throw new InvalidConditionException(List.of(new ConditionProblem(1, 1, message, "")));
        }
    }

    private static List<ConditionProblem> problems(String text, List<CelIssue> issues) {
        boolean syntax = issues.stream().anyMatch(issue -> ConditionMistakes.isSyntax(issue.getMessage()));
        if (!syntax) {
            return issues.stream().map(issue -> problem(text, issue)).toList();
        }
        List<ConditionProblem> usual = ConditionSyntax.mistakes(text);
        // What a parser says after its first error follows from that one.
        return usual.isEmpty() ? List.of(problem(text, issues.get(0))) : usual;
    }

    private static ConditionProblem problem(String text, CelIssue issue) {
        int line = Math.max(1, issue.getSourceLocation().getLine());
        int column = Math.max(0, issue.getSourceLocation().getColumn()) + 1;
        return ConditionMistakes.explain(text, line, column, issue.getMessage());
    }

    /** Paths and patterns that are written out can be checked now; others only when they are used. */
    private static List<ConditionProblem> constantProblems(CelAbstractSyntaxTree tree) {
        List<ConditionProblem> problems = new ArrayList<>();
        CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .map(CelNavigableExpr::expr)
                .filter(expression -> expression.exprKind().getKind() == Kind.CALL)
                .forEach(call -> checkConstant(tree, call, problems));
        return problems;
    }

    private static void checkConstant(CelAbstractSyntaxTree tree, CelExpr expression, List<ConditionProblem> problems) {
        CelExpr.CelCall call = expression.call();
        if (call.args().isEmpty()) {
            return;
        }
        CelExpr last = call.args().get(call.args().size() - 1);
        CelConstant constant = last.constantOrDefault();
        if (constant.getKind() != CelConstant.Kind.STRING_VALUE) {
            return;
        }
        boolean index = call.function().equals(INDEX)
                && tree.getType(call.args().get(0).id()).filter(MESSAGE::equals).isPresent();
        if (index || call.function().equals(VALUES)) {
            checkPath(tree, last.id(), constant.stringValue(), problems);
        } else if (call.function().equals(MATCHES)) {
            checkPattern(tree, last.id(), constant.stringValue(), problems);
        }
    }

    private static void checkPath(CelAbstractSyntaxTree tree, long id, String path, List<ConditionProblem> problems) {
        try {
            MessagePath.parse(path);
        } catch (InvalidPathException e) {
            String hint = e.suggestion().isEmpty()
                    ? "write segment, field and component: PID-3.1"
                    : "did you mean '" + e.suggestion() + "'?";
            problems.add(at(tree, id, 1 + e.position(), "'" + path + "' is not a path of a message", hint));
        }
    }

    private static void checkPattern(
            CelAbstractSyntaxTree tree, long id, String pattern, List<ConditionProblem> problems) {
        try {
            if (Pattern.compile(pattern).programSize() > MAX_REGEX_PROGRAM) {
                problems.add(at(tree, id, 0, "the regular expression is too large", "write smaller repetitions"));
            }
        } catch (PatternSyntaxException e) {
            problems.add(at(tree, id, 0, "not a regular expression: " + e.getDescription(), "the syntax is RE2"));
        }
    }

    private static ConditionProblem at(CelAbstractSyntaxTree tree, long id, int offset, String message, String hint) {
        int position = tree.getSource().getPositionsMap().getOrDefault(id, 0);
        return tree.getSource()
                .getOffsetLocation(position)
                .map(place -> new ConditionProblem(place.getLine(), place.getColumn() + 1 + offset, message, hint))
                .orElseGet(() -> new ConditionProblem(1, 1, message, hint));
    }
}
