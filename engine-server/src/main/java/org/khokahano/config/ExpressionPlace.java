package org.khokahano.config;

import org.khokahano.config.problem.Location;

/** Where a place within an expression stands in the file that the expression is written in. */
final class ExpressionPlace {

    // As many as the longest expression can have, and an end for a file that has no further lines.
    private static final int MOST_LINES = 4_000;

    private ExpressionPlace() {}

    /**
     * The place in the file. Knows plain and quoted text on one line and block text, folded or not; past
     * that, as in quoted text over several lines, it is the expression's beginning.
     *
     * @param start where the value begins: its first character, quote or block sign
     * @param line within the expression, from 1
     * @param column within that line, from 1
     */
    static Location within(Location start, int line, int column) {
        String written = start.source().rawLine(start.line());
        int first = start.column() - 1;
        char sign = first < written.length() ? written.charAt(first) : ' ';
        if (sign == '>') {
            return withinFolded(start, line, column);
        }
        if (sign == '|') {
            String inBlock = start.source().rawLine(start.line() + line);
            String firstOfBlock = start.source().rawLine(start.line() + 1);
            int indent = indent(firstOfBlock);
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

    /**
     * In folded text a line's end is a space; it stays a line's end where blank lines follow or where a
     * line is indented further (YAML 1.2.2, 8.1.3).
     */
    private static Location withinFolded(Location start, int line, int column) {
        int indent = indent(start.source().rawLine(start.line() + 1));
        int lineReached = 1;
        int columnReached = 1;
        boolean furtherBefore = false;
        int blanks = 0;
        for (int at = start.line() + 1; indent(start.source().rawLine(at)) >= indent || blank(start, at); at++) {
            if (at - start.line() > MOST_LINES) {
                return start;
            }
            String written = start.source().rawLine(at);
            if (written.isBlank()) {
                blanks++;
                continue;
            }
            boolean further = Character.isWhitespace(written.charAt(indent));
            if (at > start.line() + 1) {
                int ends = blanks + (further || furtherBefore ? 1 : 0);
                lineReached += ends;
                columnReached = ends > 0 ? 1 : columnReached + 1;
            }
            int inLine = column - columnReached;
            if (lineReached == line && inLine <= written.length() - indent) {
                return inside(start, at, written, indent + inLine + 1);
            }
            columnReached += written.length() - indent;
            furtherBefore = further;
            blanks = 0;
        }
        return start;
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    private static boolean blank(Location start, int line) {
        return start.source().rawLine(line).isBlank();
    }

    private static Location inside(Location start, int line, String written, int column) {
        boolean exists = column >= 1 && column <= written.length() + 1 && !written.isBlank();
        return exists ? start.source().at(line, column) : start;
    }
}
