package org.khokahano.conformance.load;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.khokahano.conformance.load.SourceConstraints.Context;
import org.khokahano.conformance.load.SourceConstraints.Level;
import org.khokahano.conformance.load.SourceConstraints.Predicate;
import org.khokahano.conformance.load.SourceProfile.SourceMessage;
import org.khokahano.conformance.load.SourceProfile.SourceNode;
import org.khokahano.message.definition.StructureNode;

/** Makes what the profile says of segments and groups. Of one thread. */
final class StructureDocument {
    private static final Pattern OWN_SEGMENT = Pattern.compile("Z[A-Z0-9]{2}");

    private final ImportParts parts;
    private final SourceNode root;
    private final StructureAlignment alignment;
    private final @Nullable StructureNode structure;
    private final String messageId;
    private final UsageDocument usages;
    private final ElementDocument elements;

    private final Map<Object, Object> segments = new LinkedHashMap<>();
    private final Map<Object, Object> extraSegments = new LinkedHashMap<>();

    StructureDocument(
            ImportParts parts,
            SourceMessage message,
            StructureAlignment alignment,
            UsageDocument usages,
            ElementDocument elements) {
        this.parts = parts;
        this.root = message.root();
        this.messageId = message.id();
        this.alignment = alignment;
        this.structure = alignment.of(root);
        this.usages = usages;
        this.elements = elements;
    }

    /** Writes {@code segments}, {@code groups} and {@code extraSegments}, those of them that are not empty. */
    void write(Map<String, Object> document) {
        Map<Object, Object> groups = new LinkedHashMap<>();
        Context message = new Context(Level.MESSAGE, "", "", List.of());
        parts(root, groups, message);
        if (!segments.isEmpty()) {
            document.put("segments", segments);
        }
        if (!groups.isEmpty()) {
            document.put("groups", groups);
        }
        if (!extraSegments.isEmpty()) {
            document.put("extraSegments", extraSegments);
        }
    }

    private void parts(SourceNode around, Map<Object, Object> groups, Context context) {
        String before = "";
        Map<Object, Object> here = new LinkedHashMap<>();
        for (int number = 1; number <= around.parts().size(); number++) {
            SourceNode part = around.parts().get(number - 1);
            Context place = context.inside(number);
            StructureNode known = alignment.of(part);
            if (part.isGroup()) {
                group(part, around, known, groups, place);
                before = "";
            } else if (!OWN_SEGMENT.matcher(part.name()).matches() && parts.fieldsOf(part.name()) == 0) {
                parts.report()
                        .leftOut(
                                part.xml(),
                                part.name(),
                                "segment " + part.name(),
                                "HL7 " + parts.version() + " does not have it, and no name of one's own begins so");
            } else if (part.name().startsWith("Z") || known == null && structure != null) {
                extra(part, around, before);
            } else {
                segment(part, around, known, here, place);
                before = part.usage().written().equals("R") && part.most() == 1 ? part.name() : "";
            }
        }
        if (around != root && !here.isEmpty()) {
            groups.put("segments", here);
        }
    }

    private void group(
            SourceNode group,
            SourceNode around,
            @Nullable StructureNode known,
            Map<Object, Object> groups,
            Context place) {
        if (known == null) {
            parts.report()
                    .leftOut(
                            group.xml(),
                            group.name(),
                            "usage and cardinality of the group",
                            structure == null
                                    ? "HL7 defines no structure for the message"
                                    : "HL7's structure has no such group there");
            parts(group, new LinkedHashMap<>(), place);
            return;
        }
        Map<Object, Object> rules = new LinkedHashMap<>();
        occurs(rules, group, around, place);
        Map<Object, Object> inside = new LinkedHashMap<>();
        parts(group, inside, place);
        Object within = inside.remove("segments");
        Map<Object, Object> missing = new LinkedHashMap<>();
        close(group, missing, inside);
        if (within != null || !missing.isEmpty()) {
            Map<Object, Object> all = new LinkedHashMap<>();
            if (within instanceof Map<?, ?> some) {
                all.putAll(some);
            }
            missing.forEach(all::putIfAbsent);
            rules.put("segments", all);
        }
        if (!inside.isEmpty()) {
            rules.put("groups", inside);
        }
        groups.put(known.name(), rules);
        parts.report().carried("groups");
    }

    /** What a profile does not have, its messages do not have. */
    private void close(SourceNode around, Map<Object, Object> segments, Map<Object, Object> groups) {
        List<String> unplaced = unplaced(around);
        for (StructureNode missing : alignment.missing(around)) {
            if (unplaced.stream().anyMatch(missing::holds)) {
                continue;
            }
            Map<Object, Object> where = missing.segment() ? segments : groups;
            where.putIfAbsent(missing.name(), Map.of("usage", "X"));
        }
    }

    /** The segments that the profile has there, and HL7 in groups that the profile does not have. */
    private List<String> unplaced(SourceNode around) {
        return around.parts().stream()
                .filter(part -> alignment.of(part) == null)
                .flatMap(part -> part.isGroup() ? SourceNodes.segments(part).stream() : Stream.of(part))
                .map(SourceNode::name)
                .toList();
    }

    /** Closes the outermost level, where a segment counts for the message only if it stands nowhere else. */
    void closeMessage(Map<String, Object> document) {
        if (structure == null) {
            return;
        }
        Map<Object, Object> groups = new LinkedHashMap<>();
        Map<Object, Object> missing = new LinkedHashMap<>();
        close(root, missing, groups);
        List<String> everywhere = structure.segmentNames();
        missing.keySet()
                .removeIf(name -> everywhere.stream().filter(name::equals).count() > 1);
        merge(document, "segments", missing);
        merge(document, "groups", groups);
    }

    @SuppressWarnings("unchecked") // It is what write() put there.
    private static void merge(Map<String, Object> document, String key, Map<Object, Object> more) {
        if (!more.isEmpty()) {
            Map<Object, Object> there =
                    (Map<Object, Object>) document.computeIfAbsent(key, none -> new LinkedHashMap<>());
            more.forEach(there::putIfAbsent);
        }
    }

    private void segment(
            SourceNode part,
            SourceNode around,
            @Nullable StructureNode known,
            Map<Object, Object> here,
            Context place) {
        Map<Object, Object> rules = new LinkedHashMap<>();
        if (known != null || around == root) {
            occurs(rules, part, around, place);
        }
        boolean never = "X".equals(rules.get("usage"));
        Map<Object, Object> fields = never ? Map.of() : elements.segment(part, around);
        long places = SourceNodes.segments(root).stream()
                .filter(node -> node.name().equals(part.name()))
                .count();
        Map<Object, Object> target = around == root || places == 1 || known == null ? segments : here;
        rules.putAll(fields);
        boolean elsewhere = structure != null
                && structure.segmentNames().stream().filter(part.name()::equals).count() > 1;
        if (target == segments && around != root && known != null && elsewhere) {
            // Its usage is of this place, and not of those that the profile leaves empty.
            target = here;
        }
        if (target.containsKey(part.name())) {
            if (!rules.equals(target.get(part.name()))) {
                parts.report()
                        .leftOut(
                                part.xml(),
                                part.name(),
                                "segment " + part.name() + ", once more",
                                "a profile says of a segment in a group one thing; what is said first counts");
            }
            return;
        }
        target.put(part.name(), rules);
        parts.report().carried("segments");
    }

    /** Usage and cardinality of a part. */
    private void occurs(Map<Object, Object> rules, SourceNode part, SourceNode around, Context place) {
        Optional<Predicate> predicate = predicate(around, part, place);
        String name = part.name();
        if (predicate.isPresent()) {
            condition(rules, predicate.get(), part, around);
        } else {
            usages.plain(rules, part.usage(), part.xml(), name);
        }
        if (!"X".equals(rules.get("usage"))) {
            usages.cardinality(rules, part.least(), part.most(), part.xml(), name);
        }
    }

    private Optional<Predicate> predicate(SourceNode around, SourceNode part, Context place) {
        int number = around.parts().indexOf(part) + 1;
        Context inGroup = new Context(Level.GROUP, around.id(), around.name(), List.of(number));
        Context inMessage = new Context(Level.MESSAGE, messageId, around == root ? around.name() : "", place.steps());
        return around == root
                ? parts.constraints().predicate(inMessage)
                : parts.constraints()
                        .predicate(inGroup)
                        .or(() -> parts.constraints().predicate(inMessage));
    }

    private void condition(Map<Object, Object> rules, Predicate predicate, SourceNode part, SourceNode around) {
        String what = "condition of C(" + predicate.whenTrue() + "/" + predicate.whenFalse() + ")";
        try {
            if (repeats(around)) {
                throw new NotConvertibleException(
                        "the group around repeats, and the usage of its parts cannot be asked for each");
            }
            boolean ofMessage = parts.constraints().isOfMessage(predicate);
            ExpressionWriter.Written when =
                    parts.expressions().write(predicate.condition(), new GroupScope(ofMessage ? root : around));
            rules.put("usage", "C(" + predicate.whenTrue() + "/" + predicate.whenFalse() + ")");
            rules.put("when", when.text());
            parts.report().carried("conditions");
            when.differences().forEach(how -> parts.report().changed(predicate.xml(), part.name(), what, how));
        } catch (NotConvertibleException notConvertible) {
            rules.put("usage", "O");
            parts.report().leftOut(predicate.xml(), part.name(), what, notConvertible.reason());
        }
    }

    /** Whether there may be several of that group in a message. */
    private boolean repeats(SourceNode group) {
        if (group == root) {
            return false;
        }
        return group.repeats()
                || SourceNodes.groups(root).stream()
                        .filter(outer -> outer.parts().contains(group))
                        .anyMatch(this::repeats);
    }

    /** Tools leave groups away that HL7 has: what is said of the fields counts wherever the segment stands. */
    private void inAnotherGroup(SourceNode part, SourceNode around) {
        String name = part.name();
        Map<Object, Object> fields = elements.segment(part, around);
        if (fields.isEmpty() || segments.containsKey(name)) {
            parts.report()
                    .leftOut(part.xml(), name, "segment " + name, "HL7 has it elsewhere in the message, not there");
            return;
        }
        segments.put(name, fields);
        parts.report().carried("segments");
        parts.report()
                .changed(
                        part.xml(),
                        name,
                        "usage and cardinality of segment " + name,
                        "HL7 has it in another group: its fields count wherever it stands, how often it is there is"
                                + " not asked");
    }

    /** A segment that HL7 does not have there. */
    private void extra(SourceNode part, SourceNode around, String before) {
        String name = part.name();
        if (structure != null && structure.holds(name)) {
            inAnotherGroup(part, around);
            return;
        }
        Map<Object, Object> rules = new LinkedHashMap<>();
        if (before.isEmpty()) {
            parts.report()
                    .changed(
                            part.xml(),
                            name,
                            "place of segment " + name,
                            "the part before it need not be there or repeats, so that it may stand anywhere");
        } else {
            rules.put("after", before);
        }
        boolean counted = !before.isEmpty() || around == root;
        if (counted) {
            usages.plain(rules, part.usage(), part.xml(), name);
            if (!"X".equals(rules.get("usage"))) {
                usages.cardinality(rules, part.least(), part.most(), part.xml(), name);
            }
        } else {
            rules.put("usage", "O");
        }
        rules.putAll(elements.segment(part, around));
        if (extraSegments.putIfAbsent(name, rules) == null) {
            parts.report().carried("extra segments");
        } else {
            parts.report().leftOut(part.xml(), name, "segment " + name + ", once more", "it is expected once");
        }
    }
}
