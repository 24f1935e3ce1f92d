package org.khokahano.config.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file's lines, kept to be shown beside a problem. What is hidden here appears as asterisks, one for
 * each character, so that a caret further right still points at its spot.
 */
public final class SourceFile {
    private static final Pattern SECRET_KEY = Pattern.compile(
            "[\\w-]*(?:pas+w|pwd|secret|tok[ei]?n|credential|authori[sz]ation)[\\w-]*", Pattern.CASE_INSENSITIVE);
    private static final Pattern SECRET_ASSIGNMENT =
            Pattern.compile("(" + SECRET_KEY.pattern() + "[\"']?\\s*:\\s*)\\S.*", Pattern.CASE_INSENSITIVE);

    private final String name;
    private final String text;
    private final List<String> lines;
    private final List<Range> hidden = new ArrayList<>();

    /**
     * @param name relative to the configuration's directory
     * @param text all that is in the file; empty if it could not be read
     */
    public SourceFile(String name, String text) {
        this.name = name;
        this.text = text;
        this.lines = text.lines().toList();
    }

    /** Whether a key by that name probably holds a secret, whatever section it was meant for. */
    public static boolean soundsSecret(String key) {
        return SECRET_KEY.matcher(key).matches();
    }

    public String name() {
        return name;
    }

    /** All that is in it, nothing hidden. */
    public String text() {
        return text;
    }

    /** A place in this file; both numbers count from 1. */
    public Location at(int line, int column) {
        return new Location(this, line, column);
    }

    /** A line with nothing hidden, for looking things up; empty past the end. */
    public String rawLine(int line) {
        return line >= 1 && line <= lines.size() ? lines.get(line - 1) : "";
    }

    /** Hides what stands between two places, the second one excluded. */
    public void hide(Location from, Location until) {
        hidden.add(new Range(from.line(), from.column(), until.line(), until.column()));
    }

    /**
     * Hides what follows each key that sounds like a secret. For a file whose syntax is broken, where
     * no value has a place yet.
     */
    public void hideByKeys() {
        for (int line = 1; line <= lines.size(); line++) {
            Matcher matcher = SECRET_ASSIGNMENT.matcher(rawLine(line));
            if (matcher.find()) {
                hide(at(line, matcher.end(1) + 1), at(line + 1, 1));
            }
        }
    }

    /** A line as it may be shown. */
    public String shownLine(int line) {
        String raw = rawLine(line);
        if (hidden.isEmpty()) {
            return raw;
        }
        StringBuilder shown = new StringBuilder(raw);
        for (Range range : hidden) {
            for (int at = range.firstIn(line); at < Math.min(range.endIn(line), raw.length()); at++) {
                shown.setCharAt(at, '*');
            }
        }
        return shown.toString();
    }

    @Override
    public String toString() {
        return name;
    }

    private record Range(int firstLine, int firstColumn, int lastLine, int endColumn) {

        int firstIn(int line) {
            return line == firstLine ? firstColumn - 1 : 0;
        }

        int endIn(int line) {
            if (line < firstLine || line > lastLine) {
                return 0;
            }
            return line == lastLine ? endColumn - 1 : Integer.MAX_VALUE;
        }
    }
}
