package org.khokahano.config.yaml;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.khokahano.config.problem.Location;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.problem.SourceFile;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Says in an operator's words what the YAML parser says in a grammar's. */
final class YamlSyntax {
    // The parser looks no further for the ':' of a key.
    private static final int LONGEST_KEY = 1024;

    private final SourceFile source;
    private final Problems problems;
    private final String said;
    private final Location place;
    private final @Nullable Location opening;
    private final String part;

    private YamlSyntax(MarkedYAMLException broken, SourceFile source, Problems problems) {
        this.source = source;
        this.problems = problems;
        said = Optional.ofNullable(broken.getProblem()).orElse("the file is not YAML");
        Mark context = broken.getContextMark();
        Mark mark = Optional.ofNullable(broken.getProblemMark()).orElse(context);
        place = mark == null ? source.at(1, 1) : YamlFile.place(source, mark);
        opening = context == null || broken.getContext() == null ? null : YamlFile.place(source, context);
        part = Optional.ofNullable(broken.getContext()).orElse("").replaceFirst("^while (parsing|scanning) ", "");
    }

    /** Notes a syntax error at its place. The parser's own text names tokens only, never content. */
    static void report(MarkedYAMLException broken, SourceFile source, Problems problems) {
        YamlSyntax syntax = new YamlSyntax(broken, source, problems);
        if (!syntax.reportUnclosed() && !syntax.reportByLine()) {
            syntax.reportByWords();
        }
    }

    /** What is not closed shows only where it can go on no longer; its beginning is what to look at. */
    private boolean reportUnclosed() {
        if (opening == null) {
            return false;
        }
        if (part.equals("a quoted scalar") && said.contains("end of stream")) {
            String quote = source.rawLine(opening.line()).startsWith("'", opening.column() - 1) ? "'" : "\"";
            problems.error(opening, "this quote is not closed", "write " + quote + " where the text ends");
            return true;
        }
        boolean mapping = part.equals("a flow mapping");
        boolean end = said.contains("<stream end>");
        boolean later = end || place.line() > opening.line() && !said.endsWith("but got {");
        if (later && (mapping || part.equals("a flow sequence"))) {
            String close = mapping ? "}" : "]";
            problems.error(
                    opening,
                    "this '" + (mapping ? "{" : "[") + "' is not closed",
                    "',' or '" + close + "' is missing before " + place);
            return true;
        }
        Location bracket = part.equals("a flow node") && end ? lastOpenBracket() : null;
        if (bracket != null) {
            boolean brace = source.rawLine(bracket.line()).startsWith("{", bracket.column() - 1);
            problems.error(
                    bracket,
                    "this '" + (brace ? "{" : "[") + "' is not closed",
                    "a value and '" + (brace ? "}" : "]") + "' are missing at the end of the file");
            return true;
        }
        boolean key = part.equals("a simple key") && place.line() == opening.line();
        if (key && place.column() - opening.column() > LONGEST_KEY) {
            problems.error(opening, "this key is longer than " + LONGEST_KEY + " characters", "shorten it");
            return true;
        }
        return false;
    }

    /** The last bracket that nothing closes, quotes and comments left out; null where there is none. */
    private @Nullable Location lastOpenBracket() {
        Deque<Location> open = new ArrayDeque<>();
        char quote = 0;
        int last = (int) source.text().lines().count();
        for (int number = 1; number <= last; number++) {
            String line = source.rawLine(number);
            for (int at = 0; at < line.length(); at++) {
                char sign = line.charAt(at);
                boolean begins = at == 0 || " \t[{,".indexOf(line.charAt(at - 1)) >= 0;
                if (quote != 0) {
                    quote = sign == quote ? 0 : quote;
                } else if (begins && (sign == '"' || sign == '\'')) {
                    quote = sign;
                } else if (begins && sign == '#') {
                    break;
                } else if (sign == '{' || sign == '[') {
                    open.push(source.at(number, at + 1));
                } else if (sign == '}' || sign == ']') {
                    open.poll();
                }
            }
        }
        return open.peek();
    }

    private boolean reportByLine() {
        String line = source.rawLine(place.line());
        if (said.contains("TAB") || line.startsWith("\t", place.column() - 1)) {
            problems.error(place, "a tab where YAML wants spaces", "indent with spaces");
        } else if (said.endsWith("but got {") && line.contains("${")) {
            problems.error(
                    place, "YAML: " + said, "inside { } and [ ] a reference needs quotes: \"${env:NAME:default}\"");
        } else if (said.contains("mapping values are not allowed")) {
            problems.error(
                    place,
                    "a second ':' in one line, or a wrong indentation",
                    "align the key with those beside it, or put a value with ': ' in it in quotes");
        } else {
            return false;
        }
        return true;
    }

    private void reportByWords() {
        if (said.startsWith("found undefined alias")) {
            String name = said.substring("found undefined alias".length()).strip();
            problems.error(
                    place,
                    "there is no anchor '&" + name + "' before this alias",
                    "put text that begins with * in quotes");
        } else if (said.startsWith("found unknown escape character")) {
            problems.error(
                    place,
                    "no escape is written with this character after \\",
                    "write \\\\ for a backslash, or put the text in single quotes");
        } else if (said.contains("tag is not allowed")) {
            problems.error(place, "a tag (!!) has no meaning here", "remove it; put text that begins with ! in quotes");
        } else if (said.equals("but found another document")) {
            problems.error(place, "a second document begins here", "remove '---', or give it a file of its own");
        } else if (said.contains("incompatible YAML document")) {
            problems.error(place, "this is not YAML 1.1 or 1.2", "remove the line that begins with %YAML");
        } else if (said.contains("cannot start any token")) {
            problems.error(place, "no value can begin with this character", "put the value in quotes");
        } else if (said.equals("could not find expected ':'") && opening != null) {
            problems.error(opening, "this is no key: no ':' follows it", "write 'key: value'");
        } else if (said.endsWith("but found '<block mapping start>'")) {
            problems.error(
                    place,
                    "this key is indented further than it may be here",
                    opening == null
                            ? "begin it where the line begins"
                            : "align it with the keys that begin at " + opening);
        } else if (said.equals("sequence entries are not allowed here")) {
            problems.error(place, "no list can begin here", "put '-' at the beginning of a line of its own");
        } else if (said.startsWith("expected the node content")) {
            problems.error(place, "a value is missing before this", "write it, or \"\" for an empty text");
        } else if (said.endsWith("'<scalar>'")) {
            problems.error(
                    place,
                    "no text can stand here",
                    "is a quote before it not closed, or closed too early? Text with a quote in it goes in the other"
                            + " kind of quotes");
        } else if (said.startsWith("expected <block end>")) {
            problems.error(
                    place,
                    "this follows a value that has ended already",
                    "put a value with quotes or brackets in it in quotes as a whole");
        } else {
            problems.error(place, "YAML: " + said, context());
        }
    }

    private String context() {
        if (opening == null) {
            return "";
        }
        String shown = switch (part) {
            case "a flow mapping" -> "the mapping in { }";
            case "a flow sequence" -> "the list in [ ]";
            case "a block mapping" -> "the mapping";
            case "a block collection" -> "the list";
            default -> part;
        };
        return "see " + shown + " that begins at " + opening;
    }
}
