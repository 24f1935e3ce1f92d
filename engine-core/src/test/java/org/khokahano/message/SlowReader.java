package org.khokahano.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a message with String.split and regular expressions, sharing no code with the index, so that
 * the two can be compared. Slow, and right by being simple.
 */
final class SlowReader {
    private static final Pattern FIRST_LINE_END = Pattern.compile("\r\n|\r|\n");

    private final String separator;
    private final String component;
    private final String repetition;
    private final String subcomponent;
    private final List<String> lines;

    SlowReader(byte[] bytes, Delimiters delimiters) {
        this(new String(bytes, StandardCharsets.ISO_8859_1), delimiters);
    }

    SlowReader(String text, Delimiters delimiters) {
        separator = quoted(delimiters.field());
        component = quoted(delimiters.component());
        repetition = quoted(delimiters.repetition());
        subcomponent = quoted(delimiters.subcomponent());
        String content = text.replaceFirst("\\A(\u00EF\u00BB\u00BF|\uFEFF)?[\\x0B\\x1C\r\n \t]*", "");
        content = content.replaceFirst("[\\x0B\\x1C][\\x0B\\x1C\r\n \t]*\\z", "");
        lines = lines(content);
    }

    private static String quoted(int delimiter) {
        return delimiter < 0 ? "(?!)" : Pattern.quote(String.valueOf((char) delimiter));
    }

    private List<String> lines(String content) {
        Matcher first = FIRST_LINE_END.matcher(content);
        boolean bareCr = first.find() && first.group().equals("\r");
        String lineFeed = bareCr ? "\n(?=[\r\n]|\\z|[A-Z][A-Z0-9]{2}(" + separator + "|[\r\n]|\\z))" : "\n";
        List<String> found = new ArrayList<>();
        for (String line : content.split("\r|" + lineFeed, -1)) {
            String segment = line.replaceFirst("\\A\n+", "");
            if (!segment.isEmpty()) {
                found.add(segment);
            }
        }
        return found;
    }

    int segmentCount() {
        return lines.size();
    }

    boolean isNamed(int line) {
        return Pattern.compile("\\A[A-Z][A-Z0-9]{2}(" + separator + "|\\z)")
                .matcher(lines.get(line))
                .find();
    }

    String name(int line) {
        return isNamed(line) ? lines.get(line).substring(0, 3) : "???";
    }

    /** The fields of a line, from 1, at index 0: MSH-1 is the separator. */
    List<String> fields(int line) {
        String text = lines.get(line);
        List<String> parts = new ArrayList<>(Arrays.asList(text.split(separator, -1)));
        if (name(line).matches("MSH|FHS|BHS") && text.length() > 3) {
            parts.set(0, text.substring(3, 4));
            return parts;
        }
        return parts.subList(1, parts.size());
    }

    List<String> repetitions(String field) {
        return Arrays.asList(field.split(repetition, -1));
    }

    List<String> components(String part) {
        return Arrays.asList(part.split(component, -1));
    }

    List<String> subcomponents(String part) {
        return Arrays.asList(part.split(subcomponent, -1));
    }
}
