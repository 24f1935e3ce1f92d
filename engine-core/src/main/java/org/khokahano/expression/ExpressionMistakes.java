package org.khokahano.expression;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the compiler says, in the words of whoever writes a configuration. */
final class ExpressionMistakes {

    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'.*");
    private static final Pattern OVERLOAD =
            Pattern.compile("found no matching overload for '([^']*)' applied to '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern SYNTAX =
            Pattern.compile("token recognition error|extraneous input|mismatched input|missing |no viable alternative");
    private static final Pattern UNEXPECTED =
            Pattern.compile("(?:extraneous|mismatched) input '(.*)' expecting .*", Pattern.DOTALL);
    private static final String ADVICE = "conditions look like: msg.type == 'ADT' && msg['PID-3.1'] != ''";
    /** What CEL expands by itself; with another number of arguments it takes them for functions. */
    private static final Set<String> OF_LISTS = Set.of("exists", "exists_one", "all", "filter", "map");

    private static final String LIST_ADVICE =
            "the name stands for each value: msg.all('OBX-3.1').exists(code, code == '718-7')";
    private static final Pattern SELECTED = Pattern.compile("\\.\\s*(\\w+)");

    private static final int MOST_DIFFERING = 3;
    private static final List<String> NAMES = ExpressionInput.textVariables();

    private ExpressionMistakes() {}

    static ExpressionProblem explain(String text, int line, int column, String message) {
        Matcher undeclared = UNDECLARED.matcher(message);
        if (undeclared.matches()) {
            String name = undeclared.group(1);
            if (OF_LISTS.contains(name)) {
                return new ExpressionProblem(
                        line, column, "'" + name + "' takes a name and an expression", LIST_ADVICE);
            }
            return new ExpressionProblem(line, column, "there is no '" + name + "'", nearest(name));
        }
        if (message.startsWith("type 'message' does not support field selection")) {
            return unknownField(text, line, column);
        }
        Matcher overload = OVERLOAD.matcher(message);
        if (overload.matches()) {
            return new ExpressionProblem(
                    line, column, misapplied(overload.group(1), overload.group(2)), ofTypes(overload.group(1)));
        }
        if (message.startsWith("expression code point size exceeds")) {
            return new ExpressionProblem(
                    line,
                    column,
                    "the expression is longer than " + ExpressionCompiler.MAX_LENGTH + " characters",
                    "shorten it, or take several routes");
        }
        return new ExpressionProblem(line, column, "not a CEL expression: " + readable(message), ADVICE);
    }

    /** Whether the parser speaks, and not the checker of types. */
    static boolean isSyntax(String message) {
        return SYNTAX.matcher(message).lookingAt();
    }

    private static String readable(String message) {
        String firstLine = message.lines().findFirst().orElse(message);
        Matcher unexpected = UNEXPECTED.matcher(firstLine);
        if (unexpected.matches()) {
            String found = unexpected.group(1);
            return found.equals("<EOF>") ? "it ends too early" : "'" + found + "' cannot stand here";
        }
        return firstLine;
    }

    private static ExpressionProblem unknownField(String text, int line, int column) {
        String rest = text.lines()
                .skip(line - 1L)
                .findFirst()
                .map(written -> written.substring(Math.min(column - 1, written.length())))
                .orElse("");
        Matcher selected = SELECTED.matcher(rest);
        if (!selected.lookingAt()) {
            return new ExpressionProblem(line, column, "msg has no such field", "its fields: " + fields());
        }
        String name = "msg." + selected.group(1);
        return new ExpressionProblem(line, column + 1, "there is no '" + name + "'", nearest(name));
    }

    private static String misapplied(String function, String arguments) {
        String readable = arguments.replace("message.", "msg.");
        return switch (function) {
            case "_==_", "_!=_" -> "values of different types are compared: " + readable;
            case "values" -> "'all' takes a path such as 'OBX-3.1', not " + readable;
            case "_[_]" -> "a path in brackets is text such as 'PID-3.1', not " + readable;
            default -> "'" + function.replace("_", "") + "' cannot be applied to " + readable;
        };
    }

    private static String ofTypes(String function) {
        boolean compares = function.equals("_==_") || function.equals("_!=_");
        return compares ? "what a message says is text: put what it is compared with in quotes" : "";
    }

    private static String nearest(String name) {
        return nearestOf(name, NAMES)
                .map(known -> "did you mean '" + known + "'?")
                .orElse("there are: " + fields());
    }

    /** The name that was probably meant. */
    static Optional<String> nearestOf(String name, Collection<String> names) {
        return names.stream()
                .filter(known -> distance(known, name) <= MOST_DIFFERING)
                .min(Comparator.comparingInt(known -> distance(known, name)));
    }

    private static String fields() {
        String ofMessage = NAMES.stream()
                .filter(name -> !name.startsWith(ExpressionInput.RECEIVED))
                .collect(Collectors.joining(", "));
        return ofMessage + ", msg['PID-3.1'], msg.all('OBX-3.1'), received as msg, and table('name')";
    }

    /** How many letters differ (Levenshtein). */
    private static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(changed, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
