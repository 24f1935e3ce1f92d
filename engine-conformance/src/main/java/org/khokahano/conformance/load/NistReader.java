package org.khokahano.conformance.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.khokahano.conformance.load.SourceProfile.SourceBinding;
import org.khokahano.conformance.load.SourceProfile.SourceCase;
import org.khokahano.conformance.load.SourceProfile.SourceElement;
import org.khokahano.conformance.load.SourceProfile.SourceFlavour;
import org.khokahano.conformance.load.SourceProfile.SourceMessage;
import org.khokahano.conformance.load.SourceProfile.SourceNode;
import org.khokahano.conformance.load.SourceProfile.SourceSegment;
import org.khokahano.conformance.load.SourceProfile.SourceSlice;
import org.khokahano.conformance.load.SourceProfile.SourceType;
import org.khokahano.conformance.load.SourceProfile.SourceUsage;

/**
 * Reads {@code ConformanceProfile}, as NIST's validator takes it and IGAMT writes it: messages refer to segments,
 * segments and data types to data types.
 */
final class NistReader {
    static final String ROOT = "ConformanceProfile";

    /** Fields have components, those have subcomponents, and HL7 goes no deeper. */
    private static final int DEEPEST_TYPE = 2;

    private final ImportReport report;
    private final SourceNumbers numbers;
    private final SourceSlicings slicings;
    private final Map<String, XmlElement> dataTypes = new HashMap<>();
    private final Map<String, XmlElement> segments = new HashMap<>();
    private final Map<String, SourceSegment> read = new HashMap<>();
    private final Map<String, SourceType> types = new HashMap<>();

    /** The data types that are being read, each within the one before. */
    private final Set<String> open = new HashSet<>();

    /** @param slicings documents that say which repetitions have other types; may be none */
    NistReader(ImportReport report, SourceSlicings slicings) {
        this.report = report;
        this.slicings = slicings;
        this.numbers = new SourceNumbers(report);
    }

    SourceProfile read(XmlElement root) throws UnreadableProfileException {
        // Older documents have the library of data types beside the segments, newer ones in an element of its own.
        root.children("Datatypes", "Datatype").forEach(type -> dataTypes.putIfAbsent(type.attribute("ID"), type));
        root.children("DatatypeLibrary", "Datatypes")
                .flatMap(all -> all.children("Datatype"))
                .forEach(type -> dataTypes.putIfAbsent(type.attribute("ID"), type));
        root.children("DatatypeLibrary", "Datatype").forEach(type -> dataTypes.putIfAbsent(type.attribute("ID"), type));
        root.children("Segments", "Segment").forEach(segment -> segments.putIfAbsent(segment.attribute("ID"), segment));
        root.children("SegmentLibrary", "Segment")
                .forEach(segment -> segments.putIfAbsent(segment.attribute("ID"), segment));
        List<XmlElement> written = root.children("Messages", "Message").toList();
        if (written.isEmpty()) {
            throw UnreadableProfileException.at(root, "the profile has no Message in Messages");
        }
        List<SourceMessage> messages = new ArrayList<>();
        for (XmlElement message : written) {
            messages.add(message(message));
        }
        String name = root.child("MetaData").map(data -> data.attribute("Name")).orElse("");
        return new SourceProfile(name, version(root), false, messages);
    }

    /** Newer documents say the version of each segment and none of the whole. */
    private static String version(XmlElement root) {
        if (!root.attribute("HL7Version").isEmpty()) {
            return root.attribute("HL7Version");
        }
        Optional<XmlElement> header = root.children("Segments", "Segment")
                .filter(segment -> segment.attribute("Name").equals("MSH"))
                .findFirst();
        return header.map(segment -> segment.attribute("Version")).orElse("");
    }

    private SourceMessage message(XmlElement xml) throws UnreadableProfileException {
        if (xml.attribute("Type").isEmpty()) {
            throw UnreadableProfileException.at(xml, "the message has no Type");
        }
        String structure = xml.attribute("StructID");
        SourceNode whole = new SourceNode(
                structure,
                "",
                new SourceUsage("R", "", ""),
                1,
                1,
                null,
                List.of(),
                parts(xml, xml.attribute("ID")),
                xml);
        String name = xml.has("Name") ? xml.attribute("Name") : xml.attribute("Description");
        return new SourceMessage(
                xml.attribute("ID"), name, xml.attribute("Type"), xml.attribute("Event"), structure, whole);
    }

    private List<SourceNode> parts(XmlElement around, String message) throws UnreadableProfileException {
        List<SourceNode> parts = new ArrayList<>();
        for (XmlElement child : around.children()) {
            boolean group = child.name().equals("Group");
            if (!group && !child.name().equals("Segment")) {
                continue;
            }
            SourceSegment segment = group ? null : segment(child);
            List<SourceFlavour> slices =
                    group ? List.of() : flavours(message, around.attribute("ID"), parts.size() + 1);
            parts.add(new SourceNode(
                    segment == null ? SourceNames.group(child.attribute("Name")) : segment.name(),
                    segment == null ? child.attribute("ID") : segment.id(),
                    usage(child),
                    numbers.read(child, "Min", 0),
                    numbers.read(child, "Max", Integer.MAX_VALUE),
                    segment,
                    slices,
                    group ? parts(child, message) : List.of(),
                    child));
        }
        return parts;
    }

    private List<SourceFlavour> flavours(String message, String group, int position) throws UnreadableProfileException {
        List<SourceFlavour> flavours = new ArrayList<>();
        for (SourceSlicings.Slice slice : slicings.ofPart(message, group, position)) {
            if (slice.assertion() != null) {
                flavours.add(new SourceFlavour(slice.assertion(), segment(slice.xml()), slice.xml()));
            }
        }
        return flavours;
    }

    private SourceSegment segment(XmlElement reference) throws UnreadableProfileException {
        String id = reference.attribute("Ref");
        SourceSegment known = read.get(id);
        if (known != null) {
            return known;
        }
        XmlElement xml = segments.get(id);
        if (xml == null) {
            throw UnreadableProfileException.at(reference, "there is no segment with the ID '" + id + "'");
        }
        List<SourceElement> fields = new ArrayList<>();
        for (XmlElement field : xml.children("Field").toList()) {
            fields.add(element(field, 0));
        }
        List<SourceCase> cases = new ArrayList<>();
        for (XmlElement mapping : xml.children("DynamicMapping", "Mapping").toList()) {
            for (XmlElement one : mapping.children("Case").toList()) {
                cases.add(new SourceCase(
                        numbers.read(mapping, "Position", 0),
                        numbers.read(mapping, "Reference", 0),
                        one.attribute("Value"),
                        mapping.attribute("SecondReference"),
                        one.attribute("SecondValue"),
                        type(one, one.attribute("Datatype"), 0),
                        one));
            }
        }
        SourceSegment segment = new SourceSegment(id, xml.attribute("Name"), fields, cases, slices(id), xml);
        read.put(id, segment);
        return segment;
    }

    private List<SourceSlice> slices(String segment) throws UnreadableProfileException {
        List<SourceSlice> slices = new ArrayList<>();
        for (SourceSlicings.Slice slice : slicings.of(segment)) {
            String type = slice.xml().attribute("Ref");
            if (!dataTypes.containsKey(type)) {
                throw UnreadableProfileException.at(slice.xml(), "there is no data type with the ID '" + type + "'");
            }
            slices.add(new SourceSlice(
                    slice.position(), slice.assertion(), slice.occurrence(), type(slice.xml(), type, 0), slice.xml()));
        }
        return slices;
    }

    private SourceElement element(XmlElement xml, int depth) throws UnreadableProfileException {
        String table = xml.attribute("Binding");
        SourceBinding binding = table.isEmpty()
                ? SourceBinding.NONE
                : new SourceBinding(
                        List.of(table.split(":", -1)),
                        xml.attribute("BindingStrength"),
                        xml.attribute("BindingLocation"));
        int longest = numbers.read(xml, "MaxLength", Integer.MAX_VALUE);
        return new SourceElement(
                xml.attribute("Name"),
                usage(xml),
                numbers.read(xml, "Min", 0),
                numbers.read(xml, "Max", Integer.MAX_VALUE),
                numbers.read(xml, "MinLength", 0),
                longest == 0 ? Integer.MAX_VALUE : longest,
                type(xml, xml.attribute("Datatype"), depth),
                binding,
                xml.rawAttribute("ConstantValue"),
                xml);
    }

    private SourceType type(XmlElement from, String id, int depth) throws UnreadableProfileException {
        XmlElement xml = dataTypes.get(id);
        if (xml == null) {
            throw UnreadableProfileException.at(from, "there is no data type with the ID '" + id + "'");
        }
        String key = depth + " " + id;
        SourceType known = types.get(key);
        if (known != null) {
            return known;
        }
        List<SourceElement> parts = new ArrayList<>();
        if (open.contains(id)) {
            report.leftOut(from, "", "data type " + id, "it contains itself");
        } else if (depth < DEEPEST_TYPE) {
            open.add(id);
            for (XmlElement component : xml.children("Component").toList()) {
                parts.add(element(component, depth + 1));
            }
            open.remove(id);
        }
        SourceType type = new SourceType(id, xml.attribute("Name"), parts);
        types.put(key, type);
        return type;
    }

    private SourceUsage usage(XmlElement xml) {
        String written = xml.attribute("Usage").toUpperCase(Locale.ROOT);
        if (written.isEmpty()) {
            report.changed(xml, "", "usage of " + xml.name(), "it has none, and counts as optional");
        }
        return new SourceUsage(
                written.isEmpty() ? "O" : written,
                xml.attribute("TrueUsage").toUpperCase(Locale.ROOT),
                xml.attribute("FalseUsage").toUpperCase(Locale.ROOT));
    }
}
