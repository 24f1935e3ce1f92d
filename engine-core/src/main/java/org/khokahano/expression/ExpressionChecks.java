package org.khokahano.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.khokahano.expression.ComparedType.Part;
import org.khokahano.expression.ExpressionTree.Place;
import org.khokahano.message.InvalidPathException;
import org.khokahano.message.MessagePath;

/** Paths, patterns and tables that are written out are checked now; paths put together only when used. */
final class ExpressionChecks {

    private static final String MATCHES = "matches";
    private static final Set<String> COMPARISONS = Set.of("_==_", "_!=_", "@in");
    private static final Map<String, Part> PARTS = Map.of(
            "type", Part.TYPE,
            "event", Part.EVENT,
            "structure", Part.STRUCTURE,
            "MSH-9.1", Part.TYPE,
            "MSH-9.2", Part.EVENT,
            "MSH-9.3", Part.STRUCTURE);

    private final ExpressionTree tree;
    private final Set<String> tables;
    private final List<ExpressionProblem> problems = new ArrayList<>();
    private final List<ReadPath> paths = new ArrayList<>();
    private final List<ComparedType> compared = new ArrayList<>();

    ExpressionChecks(ExpressionTree tree, Set<String> tables) {
        this.tree = tree;
        this.tables = tables;
        tree.parts(tree.root())
                .filter(part -> part.exprKind().getKind() == Kind.CALL)
                .forEach(this::check);
    }

    List<ExpressionProblem> problems() {
        return problems;
    }

    ExpressionReads reads() {
        return new ExpressionReads(paths, compared);
    }

    private void check(CelExpr call) {
        List<CelExpr> operands = ExpressionTree.operands(call);
        if (operands.isEmpty()) {
            return;
        }
        CelExpr last = operands.get(operands.size() - 1);
        String constant = ExpressionTree.constant(last);
        if (operands.size() == 2 && COMPARISONS.contains(call.call().function())) {
            compare(operands.get(0), last);
            compare(last, operands.get(0));
        }
        boolean index = tree.calls(call, CelEnvironment.INDEX) && tree.isMessage(operands.get(0));
        if (tree.calls(call, CelEnvironment.TABLE_FUNCTION)) {
            checkTable(last, constant);
        } else if (constant != null && (index || tree.calls(call, CelEnvironment.VALUES))) {
            checkPath(last, constant);
        } else if (constant != null && tree.calls(call, MATCHES)) {
            checkPattern(last, constant);
        }
    }

    /** Notes the constants, one or a list of them, where the other side is a part of MSH-9. */
    private void compare(CelExpr read, CelExpr constants) {
        Part part = part(read);
        if (part == null) {
            return;
        }
        boolean list = constants.exprKind().getKind() == Kind.LIST;
        for (CelExpr each : list ? constants.list().elements() : List.of(constants)) {
            String text = ExpressionTree.constant(each);
            if (text != null) {
                Place place = tree.placeOf(each.id());
                compared.add(new ComparedType(part, text, place.line(), place.column() + 1));
            }
        }
    }

    private @Nullable Part part(CelExpr read) {
        String name = tree.variable(read);
        if (tree.calls(read, CelEnvironment.INDEX)) {
            List<CelExpr> operands = ExpressionTree.operands(read);
            name = tree.isMessage(operands.get(0)) ? ExpressionTree.constant(operands.get(1)) : null;
        }
        return name == null ? null : PARTS.get(name.replaceFirst("^(?:msg|received)\\.", ""));
    }

    private void checkTable(CelExpr name, @Nullable String constant) {
        if (constant == null) {
            problem(name, 0, "the name of a code table is not put together", "write it out: table('wards')");
        } else if (!tables.contains(constant)) {
            String hint = tables.isEmpty()
                    ? "declare it under 'tables'"
                    : ExpressionMistakes.nearestOf(constant, tables)
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("there are: " + String.join(", ", tables));
            problem(name, 1, "there is no code table '" + constant + "'", hint);
        }
    }

    private void checkPath(CelExpr argument, String path) {
        try {
            Place place = tree.placeOf(argument.id());
            paths.add(new ReadPath(MessagePath.parse(path), place.line(), place.column() + 1));
        } catch (InvalidPathException e) {
            String hint = e.suggestion().isEmpty()
                    ? "write segment, field and component: PID-3.1"
                    : "did you mean '" + e.suggestion() + "'?";
            problem(argument, 1 + e.position(), "'" + path + "' is not a path of a message", hint);
        }
    }

    private void checkPattern(CelExpr argument, String pattern) {
        try {
            if (Pattern.compile(pattern).programSize() > ExpressionCompiler.MAX_REGEX_PROGRAM) {
                problem(argument, 0, "the regular expression is too large", "write smaller repetitions");
            }
        } catch (PatternSyntaxException e) {
            problem(argument, 0, "not a regular expression: " + e.getDescription(), "the syntax is RE2");
        }
    }

    private void problem(CelExpr part, int offset, String message, String hint) {
        Place place = tree.placeOf(part.id());
        problems.add(new ExpressionProblem(place.line(), place.column() + offset, message, hint));
    }
}
