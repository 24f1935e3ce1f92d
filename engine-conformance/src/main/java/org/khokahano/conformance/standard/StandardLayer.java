package org.khokahano.conformance.standard;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.khokahano.ack.ErrorCondition;
import org.khokahano.conformance.rule.MessageKind;
import org.khokahano.conformance.rule.PartRules;
import org.khokahano.conformance.rule.Rule;
import org.khokahano.conformance.rule.RuleLayer;
import org.khokahano.conformance.rule.RuleTree;
import org.khokahano.message.definition.Hl7Definitions;
import org.khokahano.message.definition.StructureNode;
import org.khokahano.table.CodeTable;
import org.khokahano.validation.Place;
import org.khokahano.validation.Severity;

/** HL7's own rules. The first layer: what it says, profiles refine. Safe for several threads. */
public final class StandardLayer implements RuleLayer {
    /** Its name in findings. */
    public static final String NAME = "hl7";

    /** What is looked at where the structure is not known: what nearly every message is made of. */
    private static final List<String> COMMON_SEGMENTS = List.of(
            "MSH", "EVN", "PID", "PD1", "NK1", "PV1", "PV2", "AL1", "DG1", "PR1", "GT1", "IN1", "IN2", "ORC", "OBR",
            "OBX", "NTE", "SCH", "TXA", "MSA", "ERR", "QRD", "QPD", "RXA", "FT1", "SPM");

    private final Hl7Definitions definitions;
    private final StandardLevels levels;
    private final Hl7Tables tables;
    private final Map<Integer, CodeTable> siteTables;

    /**
     * @param siteTables the site's own tables, by HL7's number; they take the place of HL7's
     */
    public StandardLayer(
            Hl7Definitions definitions, StandardLevels levels, Hl7Tables tables, Map<Integer, CodeTable> siteTables) {
        this.definitions = definitions;
        this.levels = levels;
        this.tables = tables;
        this.siteTables = Map.copyOf(siteTables);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Object dependsOn(MessageKind kind) {
        return Hl7Definitions.isKnown(kind.version())
                ? List.of(
                        kind.version(), structure(kind).map(StructureNode::name).orElse(""))
                : "";
    }

    @Override
    public void addTo(RuleTree tree, MessageKind kind) {
        if (!Hl7Definitions.isKnown(kind.version())) {
            Rule rule = rule("version", Severity.INFORMATION, ErrorCondition.UNSUPPORTED_VERSION_ID);
            Place place = new Place("MSH", 1, 12, 0, 0, 0);
            tree.check(
                    "version",
                    (message, origin, findings) -> findings.add(rule.at(
                            place, "the version in MSH-12 has no definitions, so that HL7's rules were not checked")));
            return;
        }
        StructureNode structure = structure(kind).orElse(null);
        structure(tree, structure);
        SegmentLayer segments = new SegmentLayer(definitions, levels, tables, siteTables, kind.version());
        Set<String> names = new LinkedHashSet<>(structure == null ? COMMON_SEGMENTS : structure.segmentNames());
        names.forEach(name -> segments.addTo(tree, name));
    }

    /** By MSH-9.3; many senders write the event there, and then MSH-9.1 and MSH-9.2 say it (R56). */
    private Optional<StructureNode> structure(MessageKind kind) {
        return definitions
                .structure(kind.structure(), kind.version())
                .or(() -> definitions.structure(
                        definitions.structureOf(kind.code(), kind.event(), kind.version()), kind.version()));
    }

    private void structure(RuleTree tree, @Nullable StructureNode structure) {
        Severity severity = levels.structure();
        if (structure != null) {
            // Where HL7's own rules are off, profiles still say what stands where in its structure.
            Rule parts = severity == null ? null : rule("structure", severity, ErrorCondition.SEGMENT_SEQUENCE_ERROR);
            Rule unexpected = severity == null
                    ? null
                    : rule("unexpected", Severity.INFORMATION, ErrorCondition.SEGMENT_SEQUENCE_ERROR);
            tree.structure(PartRules.of(structure, parts, unexpected));
        } else if (severity != null) {
            Rule rule = rule("structure", Severity.INFORMATION, ErrorCondition.UNSUPPORTED_MESSAGE_TYPE);
            Place place = new Place("MSH", 1, 9, 0, 0, 0);
            tree.check(
                    "structure",
                    (message, origin, findings) -> findings.add(rule.at(
                            place, "HL7 defines no structure for MSH-9 in this version, so that none was checked")));
        }
    }

    static Rule rule(String id, Severity severity, ErrorCondition condition) {
        return new Rule(id, NAME, severity, condition);
    }
}
