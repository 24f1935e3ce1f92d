package org.khokahano.conformance.load;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes the document of a profile as YAML: what holds no mapping of its own on one line, as people write it.
 * What YAML would read as a number or a truth is quoted, and <code>${</code> is written so that nothing is filled in.
 */
public final class ProfileText {
    private static final int WIDTH = 100;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_^-]*(?:[ .][A-Za-z0-9_^-]+)*");
    private static final Pattern SPECIAL =
            Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null|[0-9+.-].*|.*\\^.*\\s.*");

    private final StringBuilder text = new StringBuilder();

    private ProfileText() {}

    /** @param document of mappings, lists, texts and whole numbers */
    public static String of(Map<String, Object> document) {
        ProfileText writer = new ProfileText();
        writer.mapping(document, 0);
        return writer.text.toString();
    }

    private void mapping(Map<?, ?> mapping, int indent) {
        mapping.forEach((key, value) -> entry(key, value, indent));
    }

    private void entry(Object key, Object value, int indent) {
        text.append(" ".repeat(indent)).append(scalar(key)).append(':');
        if (fitsOneLine(value, indent + String.valueOf(key).length())) {
            text.append(' ').append(flow(value)).append('\n');
        } else if (value instanceof Map<?, ?> inner) {
            text.append('\n');
            mapping(inner, indent + 2);
        } else if (value instanceof List<?> items) {
            text.append('\n');
            items.forEach(item -> item(item, indent + 2));
        } else {
            text.append(' ').append(scalar(value)).append('\n');
        }
    }

    private void item(Object item, int indent) {
        text.append(" ".repeat(indent)).append("- ");
        if (!(item instanceof Map<?, ?> mapping) || mapping.isEmpty() || fitsOneLine(item, indent)) {
            text.append(flow(item)).append('\n');
            return;
        }
        int begin = text.length();
        mapping(mapping, indent + 2);
        // The first key stands behind the dash.
        text.delete(begin, begin + indent + 2);
    }

    /** Texts, lists of texts, and mappings of both: what is deeper has lines of its own. */
    private static boolean fitsOneLine(Object value, int indent) {
        if (value instanceof Map<?, ?> mapping) {
            return mapping.isEmpty()
                    || mapping.values().stream()
                                    .noneMatch(inner -> inner instanceof Map<?, ?> || isListOfMappings(inner))
                            && indent + flow(value).length() <= 2 * WIDTH;
        }
        return !isListOfMappings(value);
    }

    private static boolean isListOfMappings(Object value) {
        return value instanceof List<?> items && items.stream().anyMatch(item -> item instanceof Map<?, ?>);
    }

    private static String flow(Object value) {
        StringBuilder flow = new StringBuilder();
        if (value instanceof Map<?, ?> mapping) {
            flow.append('{');
            for (Iterator<? extends Map.Entry<?, ?>> entries =
                            mapping.entrySet().iterator();
                    entries.hasNext(); ) {
                Map.Entry<?, ?> entry = entries.next();
                flow.append(scalar(entry.getKey())).append(": ").append(flow(entry.getValue()));
                flow.append(entries.hasNext() ? ", " : "");
            }
            return flow.append('}').toString();
        }
        if (value instanceof List<?> items) {
            flow.append('[');
            for (Iterator<?> entries = items.iterator(); entries.hasNext(); ) {
                flow.append(flow(entries.next())).append(entries.hasNext() ? ", " : "");
            }
            return flow.append(']').toString();
        }
        return scalar(value);
    }

    private static String scalar(Object value) {
        if (value instanceof Integer) {
            return value.toString();
        }
        String written = String.valueOf(value).replace("${", "$${");
        if (PLAIN.matcher(written).matches() && !SPECIAL.matcher(written).matches()) {
            return written;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < written.length(); i++) {
            char character = written.charAt(i);
            switch (character) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    boolean unprintable = character < ' '
                            || character >= 0x7f && character <= 0xa0
                            || character == 0x2028
                            || character == 0x2029
                            || character >= 0xfffe
                            || character == 0xfeff;
                    if (unprintable) {
                        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
                    } else {
                        quoted.append(character);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
