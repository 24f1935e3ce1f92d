package org.khokahano.config;

import org.khokahano.config.problem.Location;

/** Where a place within an expression stands in the file that the expression is written in. */
final class ExpressionPlace {

    private ExpressionPlace() {}

    /**
     * The place in the file. Knows plain and quoted text on one line and block text; past that, as in
     * text folded over lines, it is the expression's beginning.
     *
     * @param start where the value begins: its first character, quote or block sign
     * @param line within the expression, from 1
     * @param column within that line, from 1
     */
    static Location within(Location start, int line, int column) {
        String written = start.source().rawLine(start.line());
        int first = start.column() - 1;
        char sign = first < written.length() ? written.charAt(first) : ' ';
        if (sign == '|' || sign == '>') {
            String inBlock = start.source().rawLine(start.line() + line);
            int indent = inBlock.length() - inBlock.stripLeading().length();
            return inside(start, start.line() + line, inBlock, indent + column);
        }
        if (line > 1) {
            return start;
        }
        boolean quoted = sign == '\'' || sign == '"';
        int at = first + (quoted ? 1 : 0);
        for (int left = column - 1; left > 0 && at < written.length(); left--) {
            // Two characters in the file that are one in the expression.
            boolean pair = quoted && (sign == '"' ? written.charAt(at) == '\\' : written.startsWith("''", at));
            at += pair ? 2 : 1;
        }
        return inside(start, start.line(), written, at + 1);
    }

    private static Location inside(Location start, int line, String written, int column) {
        boolean exists = column >= 1 && column <= written.length() + 1 && !written.isBlank();
        return exists ? start.source().at(line, column) : start;
    }
}
