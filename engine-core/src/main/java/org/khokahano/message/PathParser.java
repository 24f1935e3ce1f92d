package org.khokahano.message;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one path, left to right, and says where it stops being one. */
final class PathParser {
    /** More fields, components or subcomponents than this are no path into any HL7 segment. */
    static final int MAX_NUMBER = 999;

    /** More occurrences or repetitions than this do not fit the largest message. */
    static final int MAX_OCCURRENCE = 9_999_999;

    private static final int MAX_LENGTH = 64;

    /** The other spellings in use, only to suggest the right one: PID.3.1, pid-3-1, PID3, OBX(2)-5. */
    private static final Pattern OTHER_SPELLING =
            Pattern.compile("[/.]*([A-Za-z][A-Za-z0-9]{2})(?:[(\\[](\\d{1,7}|\\*)[)\\]])?"
                    + "(?:[-. _:]?(\\d{1,3})(?:[(\\[](\\d{1,7}|\\*)[)\\]])?"
                    + "(?:[-. ](\\d{1,3})(?:[-. ](\\d{1,3}))?)?)?");

    private final String path;
    private int at;

    PathParser(String path) {
        this.path = path;
    }

    MessagePath parse() {
        if (path.length() > MAX_LENGTH) {
            throw new InvalidPathException(path.substring(0, MAX_LENGTH) + "…", MAX_LENGTH, "a shorter path", "");
        }
        if (path.length() < SegmentNames.LENGTH || !SegmentNames.isName(path.substring(0, SegmentNames.LENGTH))) {
            throw expected("a segment name of three capital letters or digits, such as PID");
        }
        int code = SegmentNames.code(path);
        at = SegmentNames.LENGTH;
        int occurrence = index("segment");
        int field = 0;
        int repetition = MessagePath.UNSAID;
        int component = 0;
        int subcomponent = 0;
        if (take('-')) {
            field = number("a field number", MAX_NUMBER);
            repetition = index("repetition");
            if (take('.')) {
                component = number("a component number", MAX_NUMBER);
                if (take('.')) {
                    subcomponent = number("a subcomponent number", MAX_NUMBER);
                }
            }
        }
        if (at < path.length()) {
            throw expected(next(field, component, subcomponent));
        }
        return new MessagePath(code, occurrence, field, repetition, component, subcomponent);
    }

    static int checkOccurrence(int nth) {
        if (nth < 1 || nth > MAX_OCCURRENCE) {
            throw new IllegalArgumentException("occurrences count from 1 to " + MAX_OCCURRENCE);
        }
        return nth;
    }

    private static String next(int field, int component, int subcomponent) {
        if (field == 0) {
            return "\"-\" and a field number, or the end";
        }
        if (component == 0) {
            return "\".\" and a component number, \"[n]\" for a repetition, or the end";
        }
        return subcomponent == 0 ? "\".\" and a subcomponent number, or the end" : "the end";
    }

    private int index(String what) {
        if (!take('[')) {
            return MessagePath.UNSAID;
        }
        if (take('*')) {
            close();
            return MessagePath.EACH;
        }
        int index = number("a " + what + "'s number, counted from 1, or \"*\"", MAX_OCCURRENCE);
        close();
        return index;
    }

    private void close() {
        if (!take(']')) {
            throw expected("\"]\"");
        }
    }

    private boolean take(char wanted) {
        if (at < path.length() && path.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private int number(String what, int most) {
        int begin = at;
        int number = 0;
        while (at < path.length() && path.charAt(at) >= '0' && path.charAt(at) <= '9') {
            number = number * 10 + path.charAt(at) - '0';
            if (number > most) {
                at = begin;
                throw expected(what + " of at most " + most);
            }
            at++;
        }
        if (number == 0) {
            at = begin;
            throw expected(what + " from 1 to " + most);
        }
        return number;
    }

    private InvalidPathException expected(String what) {
        return new InvalidPathException(path, at, what, suggestion());
    }

    private String suggestion() {
        Matcher other = OTHER_SPELLING.matcher(path.strip());
        if (!other.matches()) {
            return "";
        }
        StringBuilder meant = new StringBuilder(other.group(1).toUpperCase(Locale.ROOT));
        meant.append(indexOf(other.group(2)));
        if (other.group(3) != null) {
            meant.append('-').append(counted(other.group(3))).append(indexOf(other.group(4)));
        }
        for (int group = 5; group <= 6; group++) {
            if (other.group(group) != null) {
                meant.append('.').append(counted(other.group(group)));
            }
        }
        return meant.toString().equals(path) ? "" : meant.toString();
    }

    private static String indexOf(@Nullable String group) {
        if (group == null) {
            return "";
        }
        return "[" + (group.equals("*") ? group : counted(group)) + "]";
    }

    /** Who counts from 0 meant the first. */
    private static int counted(String digits) {
        return Math.max(1, Integer.parseInt(digits));
    }
}
