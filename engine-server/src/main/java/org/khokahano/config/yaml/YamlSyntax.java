package org.khokahano.config.yaml;

import java.util.Optional;
import org.khokahano.config.problem.Location;
import org.khokahano.config.problem.Problems;
import org.khokahano.config.problem.SourceFile;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Says in an operator's words what the YAML parser says in a grammar's. */
final class YamlSyntax {
    private YamlSyntax() {}

    /** Notes a syntax error at its place. The parser's own text names tokens only, never content. */
    static void report(MarkedYAMLException broken, SourceFile source, Problems problems) {
        Mark mark = Optional.ofNullable(broken.getProblemMark()).orElse(broken.getContextMark());
        Location place = mark == null ? source.at(1, 1) : YamlFile.place(source, mark);
        String said = Optional.ofNullable(broken.getProblem()).orElse("the file is not YAML");
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
            problems.error(place, "YAML: " + said, context(broken, source));
        }
    }

    private static String context(MarkedYAMLException broken, SourceFile source) {
        Mark mark = broken.getContextMark();
        if (broken.getContext() == null || mark == null) {
            return "";
        }
        String part = broken.getContext().replaceFirst("^while (parsing|scanning) ", "");
        String shown = switch (part) {
            case "a flow mapping" -> "the mapping in { }";
            case "a flow sequence" -> "the list in [ ]";
            case "a block mapping" -> "the mapping";
            case "a block collection" -> "the list";
            default -> part;
        };
        return "see " + shown + " that begins at " + YamlFile.place(source, mark);
    }
}
