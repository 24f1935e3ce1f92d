package org.khokahano.conformance.load;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.khokahano.conformance.load.SourceConstraints.Context;
import org.khokahano.conformance.load.SourceConstraints.Predicate;
import org.khokahano.conformance.load.SourceProfile.SourceElement;
import org.khokahano.conformance.load.SourceProfile.SourceUsage;

/** Makes usages, their conditions, and cardinalities. Of one thread. */
final class UsageDocument {
    private static final Set<String> KNOWN = Set.of("R", "RE", "O", "X");
    private static final Pattern WITH_BOTH = Pattern.compile("C\\((RE|R|O|X)/(RE|R|O|X)\\)");

    /** Cardinalities of profiles have six digits; nobody sends more. */
    static final int MOST_COUNTED = 999_999;

    private final ImportParts parts;

    UsageDocument(ImportParts parts) {
        this.parts = parts;
    }

    /** The usage of a field or what is in it. */
    void element(Map<Object, Object> rules, SourceElement element, ElementPlace place) {
        for (Context context : place.contexts()) {
            Optional<Predicate> predicate = context.steps().isEmpty()
                    ? Optional.empty()
                    : parts.constraints().predicate(context);
            if (predicate.isPresent()) {
                conditional(rules, predicate.get(), place.scope(context), place.path());
                return;
            }
        }
        Optional<Predicate> own = own(element.usage(), element.xml());
        if (own.isPresent()) {
            Scope around = new LocationScope(
                    place.around(),
                    place.definition(),
                    place.numbers().subList(0, place.numbers().size() - 1));
            conditional(rules, own.get(), around, place.path());
            return;
        }
        plain(rules, element.usage(), element.xml(), place.path());
    }

    /** The condition that stands with the element. */
    private static Optional<Predicate> own(SourceUsage usage, XmlElement xml) {
        String whenTrue = usage.whenTrue();
        String whenFalse = usage.whenFalse();
        Matcher both = WITH_BOTH.matcher(usage.written());
        if (both.matches()) {
            whenTrue = both.group(1);
            whenFalse = both.group(2);
        }
        Optional<XmlElement> condition = xml.children("Predicate", "Condition")
                .flatMap(inside -> inside.children().stream())
                .findFirst();
        return condition.isEmpty() || whenTrue.isEmpty() || whenFalse.isEmpty()
                ? Optional.empty()
                : Optional.of(new Predicate(whenTrue, whenFalse, condition.get(), xml));
    }

    private void conditional(Map<Object, Object> rules, Predicate predicate, Scope scope, String place) {
        String whenTrue = known(predicate.whenTrue());
        String whenFalse = known(predicate.whenFalse());
        String what = "condition of C(" + whenTrue + "/" + whenFalse + ")";
        try {
            ExpressionWriter.Written when = parts.expressions().write(predicate.condition(), scope);
            rules.put("usage", "C(" + whenTrue + "/" + whenFalse + ")");
            rules.put("when", when.text());
            parts.report().carried("conditions");
            when.differences().forEach(how -> parts.report().changed(predicate.xml(), place, what, how));
        } catch (NotConvertibleException notConvertible) {
            rules.put("usage", "O");
            parts.report().leftOut(predicate.xml(), place, what, notConvertible.reason());
        }
    }

    private static String known(String usage) {
        return KNOWN.contains(usage) ? usage : "O";
    }

    /** The usage of a segment or a group, without a condition. */
    void plain(Map<Object, Object> rules, SourceUsage usage, XmlElement xml, String place) {
        String written = usage.written();
        if (KNOWN.contains(written)) {
            rules.put("usage", written);
        } else if (written.equals("W") && !parts.workbench()) {
            // Withdrawn: NIST's validator warns of what is there.
            rules.put("usage", "X");
            rules.put("severity", "warning");
        } else {
            rules.put("usage", "O");
            if (written.startsWith("C")) {
                String words = xml.child("Predicate").map(XmlElement::text).orElse("");
                parts.report()
                        .leftOut(
                                xml,
                                place,
                                "condition of usage " + written,
                                words.isEmpty()
                                        ? "no document that is given has it; the place is optional"
                                        : "it is in words only: " + SourceNames.sentence(words, 160));
            } else if (!written.equals("B") && !written.equals("W")) {
                parts.report().changed(xml, place, "usage " + written, "it is not known, and counts as optional");
            }
        }
        parts.report().carried("usages");
    }

    void cardinality(Map<Object, Object> rules, int least, int most, XmlElement xml, String place) {
        if (most == 0 || least > most || least > MOST_COUNTED) {
            if (least > 0 || !xml.attribute("Usage").startsWith("C")) {
                parts.report()
                        .leftOut(
                                xml,
                                place,
                                "cardinality " + bound(least) + ".." + bound(most),
                                "it does not go with the usage");
            }
            return;
        }
        rules.put("cardinality", least + ".." + bound(most));
        parts.report().carried("cardinalities");
    }

    private static String bound(int number) {
        return number > MOST_COUNTED ? "*" : String.valueOf(number);
    }
}
