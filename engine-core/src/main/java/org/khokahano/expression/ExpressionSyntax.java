package org.khokahano.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Looks in an expression that is not CEL for what people write from the habit of another language, and
 * for what they forget to close. A grammar says only where it could go on no longer.
 */
final class ExpressionSyntax {

    private static final Map<String, String> WORDS = Map.of("and", "&&", "or", "||", "not", "!");
    private static final String OPENING = "([{";
    private static final String CLOSING = ")]}";

    private final String text;
    private final List<ExpressionProblem> problems = new ArrayList<>();
    private final List<Integer> open = new ArrayList<>();

    private ExpressionSyntax(String text) {
        this.text = text;
    }

    /** What is to be seen, in the order it is written in; empty where nothing usual is wrong. */
    static List<ExpressionProblem> mistakes(String text) {
        return new ExpressionSyntax(text).find();
    }

    private List<ExpressionProblem> find() {
        int at = 0;
        while (at < text.length()) {
            char sign = text.charAt(at);
            if (sign == '\'' || sign == '"') {
                at = afterQuoted(at);
            } else if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (Character.isJavaIdentifierStart(sign)) {
                at = afterWord(at);
            } else {
                at += operator(at);
            }
        }
        if (problems.isEmpty() && !open.isEmpty()) {
            int last = open.get(open.size() - 1);
            char bracket = text.charAt(last);
            add(
                    last,
                    "this '" + bracket + "' is not closed",
                    "a '" + CLOSING.charAt(OPENING.indexOf(bracket)) + "' is missing");
        }
        return problems;
    }

    private int afterQuoted(int start) {
        char quote = text.charAt(start);
        String three = String.valueOf(quote).repeat(3);
        boolean triple = text.startsWith(three, start);
        boolean raw = start > 0 && "rR".indexOf(text.charAt(start - 1)) >= 0;
        int at = start + (triple ? 3 : 1);
        while (at < text.length()) {
            if (text.charAt(at) == '\\' && !raw) {
                at += 2;
            } else if (triple ? text.startsWith(three, at) : text.charAt(at) == quote) {
                return at + (triple ? 3 : 1);
            } else {
                at++;
            }
        }
        add(start, "this quote is not closed", "write " + (triple ? three : quote) + " where the text ends");
        return text.length();
    }

    private int afterWord(int start) {
        int end = start + 1;
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
            end++;
        }
        String word = text.substring(start, end);
        String operator = WORDS.get(word.toLowerCase(Locale.ROOT));
        boolean field = start > 0 && text.charAt(start - 1) == '.';
        if (operator != null && !field) {
            add(start, "'" + word + "' is no operator", "did you mean '" + operator + "'?");
        }
        return end;
    }

    /** Looks at what stands here and says how many characters that was. */
    private int operator(int at) {
        for (String known : List.of("===", "!==")) {
            if (text.startsWith(known, at)) {
                return wrong(at, known, known.substring(0, 2));
            }
        }
        if (text.startsWith("<>", at)) {
            return wrong(at, "<>", "!=");
        }
        for (String known : List.of("==", "!=", "<=", ">=", "&&", "||")) {
            if (text.startsWith(known, at)) {
                return 2;
            }
        }
        char sign = text.charAt(at);
        if (sign == '=') {
            return wrong(at, "=", "==");
        }
        if (sign == '&' || sign == '|') {
            return wrong(at, String.valueOf(sign), String.valueOf(sign).repeat(2));
        }
        if ("\u2018\u2019\u201c\u201d".indexOf(sign) >= 0) {
            add(at, "'" + sign + "' is a quote of a word processor", "write ' instead");
        } else {
            bracket(at, sign);
        }
        return 1;
    }

    private int wrong(int at, String written, String meant) {
        add(at, "'" + written + "' is no operator", "did you mean '" + meant + "'?");
        return written.length();
    }

    private void bracket(int at, char sign) {
        if (OPENING.indexOf(sign) >= 0) {
            open.add(at);
        } else if (CLOSING.indexOf(sign) >= 0 && !open.isEmpty()) {
            char last = text.charAt(open.get(open.size() - 1));
            if (OPENING.indexOf(last) == CLOSING.indexOf(sign)) {
                open.remove(open.size() - 1);
            }
        } else if (CLOSING.indexOf(sign) >= 0 && problems.isEmpty()) {
            add(at, "nothing is open that this '" + sign + "' could close", "remove it");
        }
    }

    private void add(int at, String message, String hint) {
        int line = 1
                + (int) text.substring(0, at)
                        .chars()
                        .filter(sign -> sign == '\n')
                        .count();
        int column = at - text.lastIndexOf('\n', at - 1);
        problems.add(new ExpressionProblem(line, column, message, hint));
    }
}
