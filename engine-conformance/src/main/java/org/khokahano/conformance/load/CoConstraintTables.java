package org.khokahano.conformance.load;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.khokahano.conformance.load.CoConstraintCells.Cell;
import org.khokahano.conformance.load.ExpressionWriter.Written;
import org.khokahano.conformance.load.RuleDocument.Asked;
import org.khokahano.conformance.load.RuleDocument.Count;
import org.khokahano.conformance.load.Scope.Step;
import org.khokahano.conformance.load.SourceConstraints.Statement;
import org.khokahano.conformance.load.SourceProfile.SourceMessage;
import org.khokahano.conformance.load.SourceProfile.SourceNode;
import org.khokahano.conformance.load.SourceProfile.SourceSegment;
import org.khokahano.validation.Counted;

/**
 * Makes rules of {@code CoConstraintContext} documents: tables that say of segments, most of them OBX, what the
 * other fields hold where one of them has a code, and how often such a segment stands in a group. Of one thread.
 */
final class CoConstraintTables {
    static final String ROOT = "CoConstraintContext";

    private static final int LONGEST_LABEL = 60;
    private static final String ANY = "0..*";

    private final ImportParts parts;
    private final Anchors anchors;
    private final RuleDocument rules;
    private final SourceValueSets sets;
    private final SourceNode root;
    private final SourceNumbers numbers;

    CoConstraintTables(
            ImportParts parts, Anchors anchors, RuleDocument rules, SourceValueSets sets, SourceMessage message) {
        this.parts = parts;
        this.anchors = anchors;
        this.rules = rules;
        this.sets = sets;
        this.root = message.root();
        this.numbers = new SourceNumbers(parts.report());
    }

    /** Adds the rules of one document for the message. */
    void read(XmlElement document, String messageId) {
        List<XmlElement> about = document.children("ByMessage")
                .filter(message -> message.attribute("ID").equals(messageId))
                .toList();
        if (about.isEmpty()) {
            parts.report().leftOut(document, "", document.name(), "it has nothing for the message " + messageId);
        }
        for (XmlElement message : about) {
            message.children("Context").forEach(this::context);
        }
    }

    private void context(XmlElement xml) {
        try {
            SourceNode around = node(root, xml.attribute("Path"));
            xml.children("Segment").forEach(segment -> segment(around, segment));
        } catch (NotConvertibleException notConvertible) {
            leftOut(xml, "co-constraints of " + xml.attribute("Name"), notConvertible);
        }
    }

    /** Where a path of parts leads; each of those that repeat is meant. */
    private static SourceNode node(SourceNode from, String path) throws NotConvertibleException {
        // Some exports begin a path with the star of the part before it.
        String written = path.replaceFirst("^\\[\\*]\\.", "");
        SourceNode node = from;
        for (Step step : written.equals(".") || written.isEmpty() ? List.<Step>of() : Step.all(written)) {
            if (step.position() > node.parts().size()) {
                throw new NotConvertibleException("'" + path + "' leads to no part of the message");
            }
            node = node.parts().get(step.position() - 1);
            if (!step.isEach() && node.repeats()) {
                throw new NotConvertibleException("it is about one of several segments or groups by its number");
            }
        }
        return node;
    }

    private void segment(SourceNode context, XmlElement xml) {
        try {
            SourceNode node = node(context, xml.has("Path") ? xml.attribute("Path") : xml.attribute("Target"));
            SourceSegment definition = node.segment();
            if (definition == null) {
                throw new NotConvertibleException("the path leads to a group");
            }
            Stream.concat(xml.children("SimpleTable"), xml.children("ConditionalTable"))
                    .forEach(table -> table(context, node, definition, table));
        } catch (NotConvertibleException notConvertible) {
            leftOut(xml, "co-constraints of " + xml.attribute("Name"), notConvertible);
        }
    }

    private void table(SourceNode context, SourceNode node, SourceSegment definition, XmlElement xml) {
        try {
            Table table =
                    new Table(node, new CoConstraintCells(definition, sets), where(context, xml), each(context, node));
            xml.children("CoConstraint").forEach(table::coConstraint);
            xml.children("CoConstraintGroup").forEach(table::group);
            if (xml.child("CoConstraintGroupId").isPresent()) {
                parts.report()
                        .changed(
                                xml,
                                node.name(),
                                "groups of co-constraints",
                                "which segments belong together by " + String.join(" or ", names(xml))
                                        + " is not asked");
            }
        } catch (NotConvertibleException notConvertible) {
            leftOut(xml, "co-constraints of " + node.name(), notConvertible);
        }
    }

    private static List<String> names(XmlElement table) {
        return table.children("CoConstraintGroupId", "IdPath")
                .map(path -> path.attribute("Name"))
                .toList();
    }

    /** The condition of a table, as it is asked of the group; none of a simple one. */
    private Written where(SourceNode context, XmlElement table) throws NotConvertibleException {
        Optional<XmlElement> assertion = table.children("Condition", "Assertion")
                .flatMap(inside -> inside.children().stream())
                .findFirst();
        if (assertion.isEmpty()) {
            if (table.name().equals("ConditionalTable")) {
                throw new NotConvertibleException("its condition is in words only");
            }
            return new Written("", List.of());
        }
        return parts.expressions().write(assertion.get(), new GroupScope(context));
    }

    /** The group that is asked: expressions and counts find segments by their names. */
    private String each(SourceNode context, SourceNode node) throws NotConvertibleException {
        long named = SourceNodes.segments(context).stream()
                .filter(other -> other.name().equals(node.name()))
                .count();
        if (named != 1) {
            throw new NotConvertibleException(
                    "the group has " + node.name() + " at several places, which would all be counted");
        }
        return anchors.each(context);
    }

    private void leftOut(XmlElement xml, String what, NotConvertibleException why) {
        parts.report().leftOut(xml, "", what, why.reason());
    }

    /** One table. */
    private final class Table {
        private final SourceNode node;
        private final CoConstraintCells cells;
        private final Written where;
        private final String each;
        private final Set<String> selected = new HashSet<>();

        Table(SourceNode node, CoConstraintCells cells, Written where, String each) {
            this.node = node;
            this.cells = cells;
            this.where = where;
            this.each = each;
        }

        void coConstraint(XmlElement xml) {
            selectors(xml).ifPresent(selectors -> {
                constraints(xml, selectors);
                required(xml, selectors);
            });
        }

        /** Of a group its first co-constraint, the primary one, says whether there is such a group. */
        void group(XmlElement xml) {
            Stream.concat(xml.children("Primary"), xml.children("CoConstraint")).forEach(member -> {
                selectors(member).ifPresent(selectors -> {
                    constraints(member, selectors);
                    if (member.name().equals("Primary") && !bounds(xml).startsWith("0..")) {
                        count(xml, selectors, "1..*");
                    }
                });
                if (!bounds(member).equals(ANY)) {
                    report(member, "how often it stands in each group " + xml.attribute("Name"));
                }
            });
            if (!xml.attribute("Max").equals("*")) {
                report(xml, "how often the group " + xml.attribute("Name") + " stands");
            }
        }

        private void report(XmlElement xml, String what) {
            parts.report().leftOut(xml, node.name(), what, "segments are not grouped by a value of theirs");
        }

        /** Which segments a co-constraint is about. */
        private Optional<Selectors> selectors(XmlElement xml) {
            List<String> tests = new ArrayList<>();
            List<String> labels = new ArrayList<>();
            try {
                for (XmlElement cell : xml.children("Selectors")
                        .flatMap(all -> all.children().stream())
                        .toList()) {
                    Cell one = cells.read(cell);
                    tests.add(one.test());
                    labels.add(cell.attribute("Name") + " " + one.words());
                }
                if (tests.isEmpty()) {
                    throw new NotConvertibleException("it selects nothing");
                }
                String test = parts.expressions().checked(CelText.and(tests));
                if (!selected.add(test)) {
                    parts.report()
                            .changed(
                                    xml,
                                    node.name(),
                                    "co-constraint",
                                    "another one selects the same segments, which have to be as both say");
                }
                String label = SourceNames.sentence(String.join(" and ", labels), LONGEST_LABEL);
                return Optional.of(new Selectors(test, label));
            } catch (NotConvertibleException notConvertible) {
                leftOut(xml, "co-constraint of " + node.name(), notConvertible);
                return Optional.empty();
            }
        }

        private void constraints(XmlElement xml, Selectors selectors) {
            for (XmlElement cell : xml.children("Constraints")
                    .flatMap(all -> all.children().stream())
                    .toList()) {
                String name = cell.attribute("Name");
                try {
                    Cell one = cells.read(cell);
                    String test = CelText.or(List.of(one.absent(), one.test()));
                    String text = "with " + selectors.label() + ", " + name + " is " + one.words();
                    String id = "co " + selectors.label() + ' ' + name;
                    rule(
                            id,
                            selectors,
                            new Written(test, one.differences()),
                            one.path(),
                            statement(id, one, text, cell));
                } catch (NotConvertibleException notConvertible) {
                    leftOut(cell, "co-constraint of " + name + " with " + selectors.label(), notConvertible);
                }
            }
        }

        private void rule(String id, Selectors selectors, Written test, String at, Statement statement)
                throws NotConvertibleException {
            if (isAlone() && where.text().isEmpty()) {
                Written require = new Written(parts.expressions().checked(test.text()), test.differences());
                rules.add(id, new Asked(node.name(), selectors.test(), at), require, statement);
                return;
            }
            String wrong = CelText.and(List.of(selectors.test(), CelText.not(test.text())));
            List<String> differences = new ArrayList<>(test.differences());
            differences.addAll(where.differences());
            Written matching = new Written(parts.expressions().checked(wrong), differences);
            rules.add(id, new Asked(each, where.text(), at), new Count(node.name(), matching, "0..0"), statement);
        }

        /** Whether every segment of the name in a message is one of these. */
        private boolean isAlone() {
            return SourceNodes.segments(root).stream()
                            .filter(other -> other.name().equals(node.name()))
                            .count()
                    == 1;
        }

        private void required(XmlElement xml, Selectors selectors) {
            String bounds = bounds(xml);
            if (!bounds.equals(ANY)) {
                count(xml, selectors, bounds);
            }
        }

        private void count(XmlElement xml, Selectors selectors, String bounds) {
            String text = node.name() + " with " + selectors.label() + " stands here " + inWords(bounds);
            String id = "co " + selectors.label();
            Statement statement = new Statement(id, "", "error", text, xml, xml);
            Written matching = new Written(selectors.test(), where.differences());
            rules.add(id, new Asked(each, where.text(), ""), new Count(node.name(), matching, bounds), statement);
        }

        private static String inWords(String bounds) {
            String least = bounds.substring(0, bounds.indexOf('.'));
            String most = bounds.substring(bounds.lastIndexOf('.') + 1);
            if (least.equals(most)) {
                return "exactly " + times(most);
            }
            if (most.equals("*")) {
                return times(least) + " at least";
            }
            return least.equals("0") ? times(most) + " at most" : least + " to " + most + " times";
        }

        private static String times(String number) {
            return Counted.times(Integer.parseInt(number));
        }

        private String bounds(XmlElement xml) {
            int least = numbers.read(xml, "Min", 0);
            int most = numbers.read(xml, "Max", Integer.MAX_VALUE);
            int wanted = xml.attribute("Usage").equals("R") ? Math.max(1, least) : least;
            if (wanted > most || wanted > UsageDocument.MOST_COUNTED) {
                parts.report()
                        .leftOut(xml, node.name(), "how often it stands", "the least number is more than the most");
                return ANY;
            }
            return wanted + ".." + (most > UsageDocument.MOST_COUNTED ? "*" : String.valueOf(most));
        }

        private Statement statement(String id, Cell cell, String text, XmlElement xml) {
            return new Statement(id, "", cell.severity(), text, xml, xml);
        }
    }

    /**
     * Which segments a co-constraint is about.
     *
     * @param test in an expression
     * @param label for people
     */
    private record Selectors(String test, String label) {}
}
