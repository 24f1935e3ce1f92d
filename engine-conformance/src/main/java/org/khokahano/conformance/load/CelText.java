package org.khokahano.conformance.load;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes pieces of expressions in CEL. */
final class CelText {
    private CelText() {}

    /** A text constant. */
    static String text(String value) {
        StringBuilder text = new StringBuilder("'");
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            switch (character) {
                case '\\' -> text.append("\\\\");
                case '\'' -> text.append("\\'");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (character < ' ') {
                        text.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
                    } else {
                        text.append(character);
                    }
                }
            }
        }
        return text.append('\'').toString();
    }

    static String texts(List<String> values) {
        return values.stream().map(CelText::text).collect(Collectors.joining(", ", "[", "]"));
    }

    /** The value at a path. */
    static String value(String path) {
        return "msg[" + text(path) + "]";
    }

    /** All values at a path. */
    static String values(String path) {
        return "msg.all(" + text(path) + ")";
    }

    /** The whole value matches the pattern. */
    static String matches(String value, String pattern) {
        return value + ".matches(" + text("^(?:" + pattern + ")$") + ")";
    }

    /** A pattern for a text as it stands. */
    static String literal(String text) {
        StringBuilder pattern = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (character < 128 && !Character.isLetterOrDigit(character) && character != ' ') {
                pattern.append('\\');
            }
            pattern.appendCodePoint(character);
        });
        return pattern.toString();
    }

    static String and(List<String> parts) {
        return joined(parts, " && ");
    }

    static String or(List<String> parts) {
        return joined(parts, " || ");
    }

    private static String joined(List<String> parts, String operator) {
        List<String> different = parts.stream().distinct().toList();
        return different.size() == 1
                ? different.get(0)
                : different.stream().collect(Collectors.joining(operator, "(", ")"));
    }

    static String not(String part) {
        return "!(" + part + ")";
    }

    /** 1, 2, 3 and so on, in this order, each once. */
    static String counted(String list) {
        return list + ".all(n, n.matches('^[1-9][0-9]{0,4}$') && int(n) <= size(" + list + ") && " + list
                + "[int(n) - 1] == n && " + list + ".exists_one(m, m == n))";
    }
}
