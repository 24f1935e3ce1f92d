package org.khokahano.conformance.load;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.khokahano.conformance.load.SliceFinder.SegmentFlavour;
import org.khokahano.conformance.load.SourceConstraints.Level;
import org.khokahano.conformance.load.SourceProfile.SourceMessage;
import org.khokahano.conformance.load.SourceProfile.SourceNode;
import org.khokahano.conformance.standard.Hl7Tables;
import org.khokahano.message.definition.Hl7Definitions;
import org.khokahano.message.definition.StructureNode;

/** Makes profiles of this project of those that other tools wrote. Touches no file. Of one thread. */
public final class ProfileImport {
    private static final int LONGEST_TEXT = 200;
    private static final Pattern MESSAGE_TYPE =
            Pattern.compile("[A-Z][A-Z0-9]{2}(?:\\^[A-Z][A-Z0-9]{2}(?:\\^[A-Z][A-Z0-9]{2}(?:_[A-Z0-9]{2,4})?)?)?");

    private final Hl7Definitions definitions;
    private final Hl7Tables tables;

    public ProfileImport(Hl7Definitions definitions, Hl7Tables tables) {
        this.definitions = definitions;
        this.tables = tables;
    }

    /**
     * Imports each message of a profile, or one.
     *
     * @param wanted the ID, name, type or structure of the one message; empty for all
     * @return one profile for each message, with names that differ
     * @throws UnreadableProfileException where a document cannot be read or is none that is known
     */
    public List<ImportedProfile> read(ProfileSource source, String wanted) throws UnreadableProfileException {
        ImportReport general = new ImportReport();
        XmlElement root =
                XmlDocument.read(source.profile().bytes(), source.profile().name());
        requireProfile(root);
        List<XmlElement> companions = new ArrayList<>();
        for (ProfileSource.Document document : source.companions()) {
            companions.add(XmlDocument.read(document.bytes(), document.name()));
        }
        SourceValueSets sets = new SourceValueSets();
        SourceSlicings slicings = new SourceSlicings(general);
        for (XmlElement companion : companions) {
            companion(companion, sets, slicings, general);
        }
        SourceProfile profile = root.name().equals(WorkbenchReader.ROOT)
                ? new WorkbenchReader(general).read(root)
                : new NistReader(general, slicings).read(root);
        slicings.tellOfUnused();
        List<SourceMessage> messages = profile.messages().stream()
                .filter(message -> wanted.isEmpty() || isCalled(message, wanted))
                .toList();
        if (messages.isEmpty()) {
            throw UnreadableProfileException.at(
                    root,
                    "the profile has no message '" + wanted + "'; it has: "
                            + String.join(
                                    ", ",
                                    profile.messages().stream()
                                            .map(ProfileImport::title)
                                            .toList()));
        }
        ExpressionWriter expressions = new ExpressionWriter(sets, definitions);
        Set<String> names = new HashSet<>();
        List<ImportedProfile> imported = new ArrayList<>();
        for (SourceMessage message : messages) {
            ImportReport report = new ImportReport();
            report.addAll(general);
            SourceConstraints constraints = new SourceConstraints();
            companions.forEach(constraints::read);
            String version = Hl7Definitions.isKnown(profile.version()) ? profile.version() : "";
            ImportParts parts = new ImportParts(
                    definitions,
                    version,
                    profile.workbench(),
                    constraints,
                    expressions,
                    new TableBindings(sets, tables, report),
                    report);
            Companions others = new Companions(sets, ofKind(companions, CoConstraintTables.ROOT));
            imported.add(one(profile, message, parts, others, name(profile, message, names)));
        }
        return imported;
    }

    /** What belongs to the profile besides. */
    private record Companions(SourceValueSets sets, List<XmlElement> coConstraints) {}

    private static List<XmlElement> ofKind(List<XmlElement> companions, String root) {
        return companions.stream().filter(each -> each.name().equals(root)).toList();
    }

    private static void requireProfile(XmlElement root) throws UnreadableProfileException {
        switch (root.name()) {
            case WorkbenchReader.ROOT, NistReader.ROOT -> {
                // A profile.
            }
            case SourceConstraints.ROOT ->
                throw UnreadableProfileException.at(
                        root,
                        "this is a document of constraints: import the profile, and give this one with --constraints");
            case SourceConstraints.BINDINGS_ROOT ->
                throw UnreadableProfileException.at(
                        root, "this is a document of bindings: import the profile, and give this one with --bindings");
            case "ValueSetLibrary", "TableLibrary" ->
                throw UnreadableProfileException.at(
                        root,
                        "this is a library of value sets: import the profile, and give this one with --value-sets");
            case CoConstraintTables.ROOT ->
                throw UnreadableProfileException.at(
                        root, "these are co-constraints: import the profile, and give this one with --co-constraints");
            case SourceSlicings.ROOT ->
                throw UnreadableProfileException.at(
                        root, "these are slicings: import the profile, and give this one with --slicings");
            default ->
                throw UnreadableProfileException.at(
                        root,
                        "the document is a '" + SourceNames.sentence(root.name(), 40) + "', not a "
                                + WorkbenchReader.ROOT + " and not a " + NistReader.ROOT);
        }
    }

    private static void companion(XmlElement root, SourceValueSets sets, SourceSlicings slicings, ImportReport report)
            throws UnreadableProfileException {
        if (SourceValueSets.ROOTS.contains(root.name())) {
            sets.read(root, report);
        } else if (root.name().equals(SourceSlicings.ROOT)) {
            slicings.read(root);
        } else if (root.name().equals(SourceConstraints.ROOT) || root.name().equals(SourceConstraints.BINDINGS_ROOT)) {
            SourceConstraints.tellOfUnknown(root, report);
        } else if (!root.name().equals(CoConstraintTables.ROOT)) {
            throw UnreadableProfileException.at(
                    root,
                    "the document is a '" + SourceNames.sentence(root.name(), 40)
                            + "', not a ValueSetLibrary, a ConformanceContext, a ValueSetBindingsContext, a "
                            + CoConstraintTables.ROOT + " or a " + SourceSlicings.ROOT);
        }
    }

    private static boolean isCalled(SourceMessage message, String wanted) {
        return List.of(message.id(), message.name(), message.structure(), message.type() + '^' + message.event())
                .contains(wanted);
    }

    private static String title(SourceMessage message) {
        String type = message.event().isEmpty() ? message.type() : message.type() + '^' + message.event();
        return message.id().isEmpty() ? type : type + " (" + message.id() + ')';
    }

    private static String name(SourceProfile profile, SourceMessage message, Set<String> taken) {
        String title = profile.name().isEmpty() ? message.name() : profile.name();
        String type = message.type() + ' ' + message.event();
        String slug = SourceNames.slug(title);
        String name =
                slug.contains(SourceNames.slug(type)) && profile.messages().size() == 1
                        ? slug
                        : SourceNames.slug(type + ' ' + title);
        String unique = name;
        for (int number = 2; !taken.add(unique); number++) {
            unique = name + '-' + number;
        }
        return unique;
    }

    private ImportedProfile one(
            SourceProfile profile, SourceMessage message, ImportParts parts, Companions others, String name)
            throws UnreadableProfileException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("profile", name);
        String text = SourceNames.sentence(message.name() + ", " + profile.name(), LONGEST_TEXT)
                .replaceAll("^, |, $", "");
        if (!text.isEmpty()) {
            document.put("text", text);
        }
        document.put("for", selector(profile, message, parts));
        document.put("severity", Map.of("length", "error"));
        SourceNode root = message.root();
        StructureAlignment alignment = new StructureAlignment(root, structure(message, parts.version()));
        RuleDocument rules = new RuleDocument(parts.report());
        Anchors anchors = new Anchors(root, alignment.groups());
        UsageDocument usages = new UsageDocument(parts);
        SliceFinder slices = new SliceFinder(parts);
        ElementDocument elements =
                new ElementDocument(parts, usages, new ValueStatements(parts, anchors, rules), slices);
        StructureDocument structure = new StructureDocument(parts, message, alignment, usages, elements);
        Map<String, Object> body = new LinkedHashMap<>();
        structure.write(body);
        structure.closeMessage(body);
        statements(message, new PartStatements(parts, anchors, rules), slices);
        CoConstraintTables tables = new CoConstraintTables(parts, anchors, rules, others.sets(), message);
        others.coConstraints().forEach(written -> tables.read(written, message.id()));
        if (!parts.tables().valueSets().isEmpty()) {
            document.put("valueSets", parts.tables().valueSets());
        }
        document.putAll(body);
        if (!rules.rules().isEmpty()) {
            document.put("rules", rules.rules());
        }
        parts.constraints().tellOfUnused(parts.report());
        return new ImportedProfile(
                name,
                title(message),
                document,
                parts.report().carried(),
                parts.report().notes());
    }

    private static Map<String, Object> selector(SourceProfile profile, SourceMessage message, ImportParts parts)
            throws UnreadableProfileException {
        Map<String, Object> selector = new LinkedHashMap<>();
        selector.put("types", List.of(type(message, parts)));
        if (!parts.version().isEmpty()) {
            selector.put("version", parts.version());
        } else {
            parts.report()
                    .leftOut(
                            message.root().xml(),
                            "MSH-12",
                            profile.version().isEmpty() ? "version of HL7" : "version " + profile.version() + " of HL7",
                            profile.version().isEmpty()
                                    ? "the document does not say it; the profile is for every version"
                                    : "it is not known; the profile is for every version");
        }
        return selector;
    }

    /** MSH-9 as short as HL7 knows a structure by it: many senders leave MSH-9.3 empty. */
    private static String type(SourceMessage message, ImportParts parts) throws UnreadableProfileException {
        String type = message.type();
        String withEvent = type + '^' + message.event();
        String whole = withEvent + '^' + message.structure();
        List<String> versions = parts.version().isEmpty() ? Hl7Definitions.versions() : List.of(parts.version());
        Hl7Definitions hl7 = parts.definitions();
        boolean event = !message.event().equals(type) && !message.event().equals("ALL");
        if (event && MESSAGE_TYPE.matcher(withEvent).matches()) {
            for (String version : versions) {
                if (hl7.structure(hl7.structureOf(type, message.event(), version), version)
                        .isPresent()) {
                    return withEvent;
                }
            }
            boolean known = versions.stream()
                    .anyMatch(version ->
                            hl7.structure(message.structure(), version).isPresent());
            if (known && MESSAGE_TYPE.matcher(whole).matches()) {
                return whole;
            }
        }
        boolean known = versions.stream()
                .anyMatch(version -> hl7.structureNames(version).stream().anyMatch(name -> name.startsWith(type)));
        if (!known || !MESSAGE_TYPE.matcher(type).matches()) {
            throw UnreadableProfileException.at(
                    message.root().xml(),
                    "HL7 " + parts.version() + " has no message " + SourceNames.sentence(title(message), 80));
        }
        return type;
    }

    private @Nullable StructureNode structure(SourceMessage message, String version) {
        if (version.isEmpty()) {
            return null;
        }
        Optional<StructureNode> named = definitions.structure(message.structure(), version);
        return named.or(() -> definitions.structure(
                        definitions.structureOf(message.type(), message.event(), version), version))
                .orElse(null);
    }

    private static void statements(SourceMessage message, PartStatements statements, SliceFinder slices) {
        SourceNode root = message.root();
        statements.group(root, Level.MESSAGE, message.id());
        each(root, statements, slices);
    }

    private static void each(SourceNode around, PartStatements statements, SliceFinder slices) {
        for (SourceNode part : around.parts()) {
            if (part.isGroup()) {
                statements.group(part, Level.GROUP, part.id());
                each(part, statements, slices);
            } else {
                ElementPlace place = ElementPlace.of(part, around);
                List<SegmentFlavour> flavours = slices.flavours(place);
                statements.segment(place.where(SliceFinder.noneOf(flavours)));
                flavours.forEach(flavour -> statements.flavour(flavour.place()));
            }
        }
    }
}
