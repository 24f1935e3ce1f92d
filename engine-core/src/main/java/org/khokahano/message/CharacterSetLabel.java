package org.khokahano.message;

import java.util.Arrays;
import java.util.regex.Pattern;

/** Writes the name of a character set into MSH-18 of text whose delimiters need not be those of the usual kind. */
final class CharacterSetLabel {
    private static final String MSH = "MSH";
    private static final int CHARACTER_SET = 18;

    private CharacterSetLabel() {}

    /** In each line that is an MSH. */
    static String everywhere(String text, String name) {
        StringBuilder labelled = new StringBuilder(text.length() + 32);
        int from = 0;
        while (from < text.length()) {
            int end = endOfLine(text, from);
            boolean header = text.startsWith(MSH, from) && end > from + MSH.length();
            labelled.append(header ? header(text.substring(from, end), name) : text.substring(from, end));
            from = end;
            while (from < text.length() && isEndOfLine(text.charAt(from))) {
                labelled.append(text.charAt(from++));
            }
        }
        return labelled.toString();
    }

    /** In the first line, which is an MSH. */
    static String first(String text, String name) {
        int end = endOfLine(text, 0);
        return header(text.substring(0, end), name) + text.substring(end);
    }

    private static String header(String line, String name) {
        String separator = line.substring(MSH.length(), MSH.length() + 1);
        String[] fields = line.split(Pattern.quote(separator), -1);
        // MSH-1 is the separator itself, so MSH-18 stands in the place of an eighteenth field.
        String[] header = Arrays.copyOf(fields, Math.max(fields.length, CHARACTER_SET));
        for (int i = fields.length; i < header.length; i++) {
            header[i] = "";
        }
        header[CHARACTER_SET - 1] = name;
        return String.join(separator, header);
    }

    private static int endOfLine(String text, int from) {
        int end = from;
        while (end < text.length() && !isEndOfLine(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isEndOfLine(char candidate) {
        return candidate == '\r' || candidate == '\n';
    }
}
