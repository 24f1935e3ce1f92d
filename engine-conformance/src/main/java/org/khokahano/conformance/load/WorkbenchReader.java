package org.khokahano.conformance.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.khokahano.conformance.load.SourceProfile.SourceBinding;
import org.khokahano.conformance.load.SourceProfile.SourceElement;
import org.khokahano.conformance.load.SourceProfile.SourceMessage;
import org.khokahano.conformance.load.SourceProfile.SourceNode;
import org.khokahano.conformance.load.SourceProfile.SourceSegment;
import org.khokahano.conformance.load.SourceProfile.SourceType;
import org.khokahano.conformance.load.SourceProfile.SourceUsage;

/**
 * Reads {@code HL7v2xConformanceProfile}, the message profile of HL7 2.C that Messaging Workbench writes and
 * HAPI checks by. Each place has its segments, fields and components written out.
 */
final class WorkbenchReader {
    static final String ROOT = "HL7v2xConformanceProfile";

    private final ImportReport report;
    private final SourceNumbers numbers;

    WorkbenchReader(ImportReport report) {
        this.report = report;
        this.numbers = new SourceNumbers(report);
    }

    SourceProfile read(XmlElement root) throws UnreadableProfileException {
        List<XmlElement> definitions = root.children("HL7v2xStaticDef").toList();
        if (definitions.isEmpty()) {
            throw UnreadableProfileException.at(
                    root,
                    root.child("HL7v2xStaticDefRef").isPresent()
                            ? "the profile only refers to a static definition: import the document that has it"
                            : "the profile has no HL7v2xStaticDef, and so says nothing of messages");
        }
        List<SourceMessage> messages = new ArrayList<>();
        for (XmlElement definition : definitions) {
            messages.add(message(root, definition));
        }
        String name = root.child("MetaData").map(data -> data.attribute("Name")).orElse("");
        return new SourceProfile(name, root.attribute("HL7Version"), true, messages);
    }

    private SourceMessage message(XmlElement root, XmlElement definition) throws UnreadableProfileException {
        String type = definition.attribute("MsgType");
        if (type.isEmpty()) {
            throw UnreadableProfileException.at(definition, "the static definition has no MsgType");
        }
        String id = definition.has("Identifier") ? definition.attribute("Identifier") : root.attribute("Identifier");
        String name =
                definition.child("MetaData").map(data -> data.attribute("Name")).orElse("");
        SourceNode whole = new SourceNode(
                definition.attribute("MsgStructID"),
                "",
                new SourceUsage("R", "", ""),
                1,
                1,
                null,
                List.of(),
                parts(definition),
                definition);
        return new SourceMessage(
                id, name, type, definition.attribute("EventType"), definition.attribute("MsgStructID"), whole);
    }

    private List<SourceNode> parts(XmlElement around) {
        List<SourceNode> parts = new ArrayList<>();
        for (XmlElement child : around.children()) {
            if (child.name().equals("Segment")) {
                parts.add(node(child, child.attribute("Name"), segment(child), List.of()));
            } else if (child.name().equals("SegGroup") || child.name().equals("SegmentGroup")) {
                parts.add(unwrapped(node(child, SourceNames.group(child.attribute("Name")), null, parts(child))));
            }
        }
        return parts;
    }

    /** Messaging Workbench puts a group that may be there and repeats into one of its own that HL7 does not have. */
    private static SourceNode unwrapped(SourceNode outer) {
        if (outer.parts().size() != 1 || !outer.parts().get(0).isGroup()) {
            return outer;
        }
        SourceNode inner = outer.parts().get(0);
        boolean required = outer.usage().written().equals("R");
        long most = (long) outer.most() * inner.most();
        return new SourceNode(
                inner.name(),
                inner.id(),
                required ? inner.usage() : outer.usage(),
                required ? inner.least() : 0,
                (int) Math.min(most, Integer.MAX_VALUE),
                null,
                List.of(),
                inner.parts(),
                inner.xml());
    }

    private SourceNode node(XmlElement child, String name, @Nullable SourceSegment segment, List<SourceNode> parts) {
        return new SourceNode(
                name,
                child.attribute("Name"),
                usage(child),
                numbers.read(child, "Min", 0),
                numbers.read(child, "Max", Integer.MAX_VALUE),
                segment,
                List.of(),
                parts,
                child);
    }

    private SourceSegment segment(XmlElement xml) {
        List<SourceElement> fields =
                xml.children("Field").map(field -> element(field, "Component")).toList();
        return new SourceSegment(xml.attribute("Name"), xml.attribute("Name"), fields, List.of(), List.of(), xml);
    }

    private SourceElement element(XmlElement xml, String partName) {
        List<SourceElement> parts = xml.children(partName)
                .map(part -> element(part, "SubComponent"))
                .toList();
        String type = xml.attribute("Datatype");
        int longest = xml.has("MaxLength")
                ? numbers.read(xml, "MaxLength", Integer.MAX_VALUE)
                : numbers.read(xml, "Length", Integer.MAX_VALUE);
        String table = xml.attribute("Table");
        return new SourceElement(
                xml.attribute("Name"),
                usage(xml),
                numbers.read(xml, "Min", 0),
                numbers.read(xml, "Max", Integer.MAX_VALUE),
                numbers.read(xml, "MinLength", 0),
                longest == 0 ? Integer.MAX_VALUE : longest,
                new SourceType(type, SourceNames.dataType(type), parts),
                table.isEmpty() ? SourceBinding.NONE : new SourceBinding(List.of(table), "", ""),
                xml.rawAttribute("ConstantValue"),
                xml);
    }

    private SourceUsage usage(XmlElement xml) {
        String written = xml.attribute("Usage").toUpperCase(Locale.ROOT);
        if (written.isEmpty()) {
            report.changed(xml, "", "usage of " + xml.name(), "it has none, and counts as optional");
        }
        return new SourceUsage(
                written.isEmpty() ? "O" : written,
                xml.attribute("PredicateTrueUsage").toUpperCase(Locale.ROOT),
                xml.attribute("PredicateFalseUsage").toUpperCase(Locale.ROOT));
    }
}
