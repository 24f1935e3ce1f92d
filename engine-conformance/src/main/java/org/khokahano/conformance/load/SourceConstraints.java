package org.khokahano.conformance.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.khokahano.conformance.load.SourceProfile.SourceBinding;

/**
 * Conditions, statements and bindings that stand in documents of their own ({@code ConformanceContext}, {@code
 * ValueSetBindingsContext}), and say by name or ID which data type, segment, group or message they are about. Of
 * one thread.
 */
final class SourceConstraints {
    static final String ROOT = "ConformanceContext";
    static final String BINDINGS_ROOT = "ValueSetBindingsContext";

    private static final int LONGEST_TEXT = 300;

    private static final Set<String> PARTS =
            Set.of("MetaData", "Predicates", "Constraints", "ValueSetBindings", "SingleCodeBindings");

    /** What something is said of. */
    enum Level {
        DATATYPE("Datatype"),
        SEGMENT("Segment"),
        GROUP("Group"),
        MESSAGE("Message");

        private final String element;

        Level(String element) {
            this.element = element;
        }
    }

    /**
     * What a data type, segment, group or message is called.
     *
     * @param steps where from it something lies: the numbers of the parts
     */
    record Context(Level level, String id, String name, List<Integer> steps) {

        Context inside(int number) {
            List<Integer> longer = new ArrayList<>(steps);
            longer.add(number);
            return new Context(level, id, name, longer);
        }
    }

    /** A condition for the usage of a place. */
    record Predicate(String whenTrue, String whenFalse, XmlElement condition, XmlElement xml) {}

    /**
     * Something that has to be true.
     *
     * @param target the path of what it is about; may be empty
     * @param severity error, warning or information
     * @param text in words
     */
    record Statement(String id, String target, String severity, String text, XmlElement assertion, XmlElement xml) {}

    private record Located(Level level, String key, boolean byId, List<Integer> steps, XmlElement xml) {

        boolean isAbout(Context context) {
            return level == context.level()
                    && (byId ? key.equals(context.id()) : key.equals(context.name()) || key.equals(context.id()));
        }
    }

    private final List<Located> predicates = new ArrayList<>();
    private final List<Located> statements = new ArrayList<>();
    private final List<Located> bindings = new ArrayList<>();
    private final List<Located> singleCodes = new ArrayList<>();
    private final Set<XmlElement> used = Collections.newSetFromMap(new IdentityHashMap<>());

    void read(XmlElement root) {
        root.children("Predicates").forEach(all -> gather(all, "Predicate", predicates));
        root.children("Constraints").forEach(all -> gather(all, "Constraint", statements));
        root.children("ValueSetBindings").forEach(all -> gather(all, "ValueSetBinding", bindings));
        root.children("SingleCodeBindings").forEach(all -> gather(all, "SingleCodeBinding", singleCodes));
    }

    /** Tells of what stands in a document and is never read. */
    static void tellOfUnknown(XmlElement root, ImportReport report) {
        for (XmlElement part : root.children()) {
            if (!PARTS.contains(part.name())) {
                report.leftOut(part, "", part.name(), "it is not known what it means");
            }
        }
    }

    private static void gather(XmlElement around, String name, List<Located> gathered) {
        for (Level level : Level.values()) {
            for (XmlElement context : around.children(level.element)
                    .flatMap(inside -> inside.children().stream())
                    .toList()) {
                boolean byId = context.name().equals("ByID");
                if (byId || context.name().equals("ByName")) {
                    String key = byId ? context.attribute("ID") : SourceNames.group(context.attribute("Name"));
                    context.children(name)
                            .forEach(xml ->
                                    gathered.add(new Located(level, key, byId, steps(xml.attribute("Target")), xml)));
                }
            }
        }
    }

    /** The numbers of a path's parts; none where it is no path. */
    private static List<Integer> steps(String target) {
        try {
            return target.isEmpty() || target.equals(".")
                    ? List.of()
                    : Scope.Step.all(target).stream().map(Scope.Step::position).toList();
        } catch (NotConvertibleException none) {
            return List.of();
        }
    }

    /** The condition for the usage of a place; of what is said of a segment and of its types the former counts. */
    Optional<Predicate> predicate(Context context) {
        return at(predicates, context).findFirst().flatMap(located -> {
            XmlElement xml = located.xml();
            return xml.child("Condition")
                    .flatMap(condition -> condition.children().stream().findFirst())
                    .map(condition -> new Predicate(
                            xml.attribute("TrueUsage").toUpperCase(Locale.ROOT),
                            xml.attribute("FalseUsage").toUpperCase(Locale.ROOT),
                            condition,
                            xml));
        });
    }

    private Stream<Located> at(List<Located> all, Context context) {
        List<Located> found = all.stream()
                .filter(located -> located.isAbout(context) && located.steps().equals(context.steps()))
                .toList();
        found.forEach(located -> used.add(located.xml()));
        return found.stream();
    }

    /** What is bound at a place by a document of bindings. */
    Optional<SourceBinding> binding(Context context) {
        return at(bindings, context).findFirst().map(located -> {
            XmlElement xml = located.xml();
            List<String> names = xml.children("Bindings", "Binding")
                    .map(binding -> binding.attribute("BindingIdentifier"))
                    .toList();
            List<String> places = xml.children("BindingLocations")
                    .flatMap(all -> all.children().stream())
                    .map(location -> location.attribute("CodeLocation").replaceAll("\\[[^]]*]", ""))
                    .filter(location -> !location.equals("."))
                    .toList();
            return new SourceBinding(names, xml.attribute("BindingStrength"), String.join(":", places));
        });
    }

    /** The one code that a place must have, as it is written. */
    List<XmlElement> singleCodes(Context context) {
        return at(singleCodes, context).map(Located::xml).toList();
    }

    /** What must be true of what is called so, wherever in it. */
    List<Statement> statements(Context context) {
        List<Statement> found = new ArrayList<>();
        for (Located located : statements) {
            XmlElement xml = located.xml();
            Optional<XmlElement> assertion = xml.child("Assertion")
                    .flatMap(inside -> inside.children().stream().findFirst());
            if (located.isAbout(context) && assertion.isPresent()) {
                used.add(xml);
                found.add(new Statement(
                        xml.attribute("ID"),
                        xml.attribute("Target"),
                        severity(xml),
                        xml.child("Description")
                                .map(text -> SourceNames.sentence(text.text(), LONGEST_TEXT))
                                .orElse(""),
                        assertion.get(),
                        xml));
            }
        }
        return found;
    }

    /** IGAMT says how strong a statement is, the older schema how it is classified. */
    private static String severity(XmlElement xml) {
        String strength = xml.has("Strength") ? xml.attribute("Strength") : xml.attribute("Classification");
        return switch (strength.toUpperCase(Locale.ROOT)) {
            case "SHOULD", "W", "WARNING" -> "warning";
            case "MAY", "A", "ALERT", "I", "INFORMATION" -> "information";
            default -> "error";
        };
    }

    /** Tells of what was never asked for, since nothing of the message is called so. */
    void tellOfUnused(ImportReport report) {
        Map.of("condition", predicates, "statement", statements, "binding", bindings, "single code", singleCodes)
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(kind -> kind.getValue().stream()
                        .filter(located -> !used.contains(located.xml()))
                        .forEach(located -> report.leftOut(
                                located.xml(),
                                "",
                                kind.getKey() + " " + located.xml().attribute("ID"),
                                "the message has no "
                                        + located.level().element.toLowerCase(Locale.ROOT) + " '" + located.key()
                                        + "' with such a part")));
    }

    /** Whether the condition stands with the message, and its paths begin there. */
    boolean isOfMessage(Predicate predicate) {
        return predicates.stream()
                .anyMatch(located -> located.xml() == predicate.xml() && located.level() == Level.MESSAGE);
    }
}
