package org.khokahano.conformance.load;

import java.util.List;
import java.util.Optional;
import org.khokahano.conformance.load.ExpressionWriter.Written;
import org.khokahano.conformance.load.RuleDocument.Asked;
import org.khokahano.conformance.load.Scope.Target;
import org.khokahano.conformance.load.SourceConstraints.Context;
import org.khokahano.conformance.load.SourceConstraints.Level;
import org.khokahano.conformance.load.SourceConstraints.Predicate;
import org.khokahano.conformance.load.SourceConstraints.Statement;
import org.khokahano.conformance.load.SourceProfile.SourceElement;
import org.khokahano.conformance.load.SourceProfile.SourceNode;

/** Makes rules of statements and conditions about segments, groups and the whole message. Of one thread. */
final class PartStatements {
    private final ImportParts parts;
    private final Anchors anchors;
    private final RuleDocument rules;

    PartStatements(ImportParts parts, Anchors anchors, RuleDocument rules) {
        this.parts = parts;
        this.anchors = anchors;
        this.rules = rules;
    }

    /** Statements about what some segments of a place are. */
    void flavour(ElementPlace place) {
        for (Statement statement :
                parts.constraints().statements(place.contexts().get(0))) {
            rule(statement, ElementScope.of(place.definition()), place);
        }
    }

    /** Statements about a segment. */
    void segment(ElementPlace place) {
        Context context = place.contexts().get(0);
        for (Statement statement : parts.constraints().statements(context)) {
            if (statement.assertion().name().equals("SetID")) {
                counted(statement, ElementScope.of(place.definition()), place.around(), place.segment());
                continue;
            }
            rule(statement, ElementScope.of(place.definition()), place);
        }
        for (Statement statement : ValueStatements.own(place.segment().xml())) {
            rule(statement, new LocationScope(place.around(), place.definition(), List.of()), place);
        }
        for (SourceElement field : place.definition().fields()) {
            sequences(field, place);
        }
    }

    /** The older language counts segments by a statement that stands with the field. */
    private void sequences(SourceElement field, ElementPlace place) {
        int number = place.definition().fields().indexOf(field) + 1;
        for (Statement statement : ValueStatements.own(field.xml())) {
            if (statement.assertion().name().equals("SequenceID")) {
                Scope scope = path -> ElementScope.of(place.definition()).resolve(number + "[1]");
                counted(statement, scope, place.around(), place.segment());
            }
        }
    }

    private void rule(Statement statement, Scope scope, ElementPlace place) {
        try {
            Written written = parts.expressions().write(statement.assertion(), scope);
            String at = at(statement, scope, place.path());
            rules.add(statement.id(), new Asked(anchors.each(place), place.condition(), at), written, statement);
        } catch (NotConvertibleException notConvertible) {
            leftOut(statement, place.path(), notConvertible);
        }
    }

    private String at(Statement statement, Scope scope, String otherwise) {
        try {
            String path = statement.target().isEmpty()
                    ? otherwise
                    : scope.resolve(statement.target()).path();
            String plain = path.replace("[*]", "");
            return parts.expressions().isDefined(plain) ? plain : otherwise;
        } catch (NotConvertibleException noPath) {
            return otherwise;
        }
    }

    /** Segments are numbered within the group that they stand in. */
    private void counted(Statement statement, Scope scope, SourceNode around, SourceNode segment) {
        try {
            String path = scope.resolve(statement.assertion().attribute("Path")).path();
            requireOnlyOne(around, segment);
            String list = CelText.values(path);
            Written written = new Written(parts.expressions().checked(CelText.counted(list)), List.of());
            rules.add(statement.id(), new Asked(anchors.each(around), "", path), written, statement);
        } catch (NotConvertibleException notConvertible) {
            leftOut(statement, segment.name(), notConvertible);
        }
    }

    private static void requireOnlyOne(SourceNode around, SourceNode segment) throws NotConvertibleException {
        long named = SourceNodes.segments(around).stream()
                .filter(node -> node.name().equals(segment.name()))
                .count();
        if (named != 1) {
            throw new NotConvertibleException("groups inside have " + segment.name() + " too, which would be counted");
        }
    }

    /** Statements and conditions about a group, or the message where it is the outermost. */
    void group(SourceNode group, Level level, String id) {
        Context context = new Context(level, id, group.name(), List.of());
        Scope scope = new GroupScope(group);
        for (Statement statement : parts.constraints().statements(context)) {
            try {
                if (statement.assertion().name().equals("IZSetID")) {
                    countedAcross(statement, group);
                    continue;
                }
                Written written = parts.expressions().write(statement.assertion(), scope);
                String at = at(statement, scope, "");
                rules.add(statement.id(), new Asked(anchors.each(group), "", at), written, statement);
            } catch (NotConvertibleException notConvertible) {
                leftOut(statement, group.name(), notConvertible);
            }
        }
        inside(group, group, context);
    }

    private void leftOut(Statement statement, String place, NotConvertibleException why) {
        parts.report().leftOut(statement.xml(), place, "statement " + statement.id(), why.reason());
    }

    /** Numbers go from 1 within each parent, or through all of them. */
    private void countedAcross(Statement statement, SourceNode group) throws NotConvertibleException {
        XmlElement assertion = statement.assertion();
        String parent = assertion.attribute("Parent");
        String path = parent + '.' + assertion.attribute("Element");
        Target target = new GroupScope(group).resolve(path);
        SourceNode around = group;
        for (Scope.Step step : Scope.Step.all(parent)) {
            if (step.position() > around.parts().size()) {
                throw new NotConvertibleException("'" + parent + "' leads to no part of the group");
            }
            around = around.parts().get(step.position() - 1);
        }
        String each = anchors.each(around);
        String plain = target.path().replace("[*]", "");
        String require = CelText.counted(CelText.values(plain)) + " || "
                + CelText.counted("received.all(" + CelText.text(plain) + ")");
        Written written = new Written(parts.expressions().checked(require), List.of());
        rules.add(statement.id(), new Asked(each, "", plain), written, statement);
    }

    /** Conditions of a group for fields in it are rules: a field does not see its group. */
    private void inside(SourceNode group, SourceNode around, Context context) {
        for (int number = 1; number <= around.parts().size(); number++) {
            SourceNode part = around.parts().get(number - 1);
            Context inner = context.inside(number);
            if (part.isGroup()) {
                inside(group, part, inner);
            } else if (part.segment() != null) {
                fields(group, part, part.segment().fields(), inner);
            }
        }
    }

    private void fields(SourceNode group, SourceNode segment, List<SourceElement> elements, Context context) {
        for (int number = 1; number <= elements.size(); number++) {
            Context inner = context.inside(number);
            Optional<Predicate> predicate = parts.constraints().predicate(inner);
            if (predicate.isPresent()) {
                condition(group, segment, predicate.get(), inner);
            }
            if (inner.steps().size() < 8) {
                fields(group, segment, elements.get(number - 1).parts(), inner);
            }
        }
    }

    private void condition(SourceNode group, SourceNode segment, Predicate predicate, Context context) {
        String what = "condition of C(" + predicate.whenTrue() + "/" + predicate.whenFalse() + ")";
        String name = segment.name();
        try {
            StringBuilder path = new StringBuilder();
            context.steps()
                    .forEach(step -> path.append(path.isEmpty() ? "" : ".").append(step));
            Scope scope = new GroupScope(group);
            Target target = scope.resolve(path.toString());
            name = target.path();
            Written when = parts.expressions().write(predicate.condition(), scope);
            String each = anchors.each(group);
            demand(predicate.whenTrue(), when.text(), target, each, predicate, when);
            demand(predicate.whenFalse(), CelText.not(when.text()), target, each, predicate, when);
            parts.report().carried("conditions");
        } catch (NotConvertibleException notConvertible) {
            parts.report().leftOut(predicate.xml(), name, what, notConvertible.reason());
        }
    }

    private void demand(String usage, String where, Target target, String each, Predicate predicate, Written when)
            throws NotConvertibleException {
        if (!usage.equals("R") && !usage.equals("X")) {
            return;
        }
        boolean required = usage.equals("R");
        String text = target.path() + (required ? " is required" : " must be empty") + " here";
        String require = required ? target.present() : target.absent();
        Written written = new Written(parts.expressions().checked(require), when.differences());
        Statement statement = new Statement("", "", "error", text, predicate.condition(), predicate.xml());
        rules.add(
                "usage " + target.path(),
                new Asked(each, parts.expressions().checked(where), target.path()),
                written,
                statement);
    }
}
