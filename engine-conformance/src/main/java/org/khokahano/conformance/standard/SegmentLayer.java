package org.khokahano.conformance.standard;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.khokahano.ack.ErrorCondition;
import org.khokahano.conformance.rule.Element;
import org.khokahano.conformance.rule.ElementCheck;
import org.khokahano.conformance.rule.ElementRules;
import org.khokahano.conformance.rule.Rule;
import org.khokahano.conformance.rule.RuleTree;
import org.khokahano.conformance.rule.SegmentRules;
import org.khokahano.conformance.standard.Hl7Tables.Extension;
import org.khokahano.conformance.standard.Hl7Tables.Hl7Table;
import org.khokahano.message.definition.DataTypeDefinition;
import org.khokahano.message.definition.FieldDefinition;
import org.khokahano.message.definition.Hl7Definitions;
import org.khokahano.message.definition.SegmentDefinition;
import org.khokahano.table.CodeLookup;
import org.khokahano.table.CodeTable;
import org.khokahano.validation.Counted;
import org.khokahano.validation.Severity;

/** What HL7 says of the fields of segments in one version. */
final class SegmentLayer {
    /** A field, a component and a subcomponent: what is deeper cannot be written. */
    private static final int SUBCOMPONENT = 2;

    private static final Rule MORE_THAN_DEFINED =
            StandardLayer.rule("unexpected", Severity.INFORMATION, ErrorCondition.APPLICATION_ERROR);

    /** Lengths from here on stand for "any" in the older versions' definitions. */
    private static final int ANY_LENGTH = 65_535;

    /** HL7's table of value types, for OBX-2. */
    private static final int VALUE_TYPES = 125;

    /**
     * Fields that the definitions call required in a version and HL7's chapters call optional or
     * conditional: ORC-7, OBR-27 and NK1-7 of 2.3, OBX-2 and OBX-4 (required of waveforms only, 7.18.3).
     */
    private static final Set<String> NOT_REQUIRED = Set.of("ORC-7", "OBR-27", "NK1-7", "OBX-2", "OBX-4");

    private final Hl7Definitions definitions;
    private final StandardLevels levels;
    private final Hl7Tables tables;
    private final Map<Integer, CodeTable> siteTables;
    private final String version;

    /** The same check for all places of a type or with a table, so that places can be shared. */
    private final ConcurrentMap<String, ElementCheck> syntaxChecks = new ConcurrentHashMap<>();

    private final ConcurrentMap<Integer, ElementCheck> tableChecks = new ConcurrentHashMap<>();

    SegmentLayer(
            Hl7Definitions definitions,
            StandardLevels levels,
            Hl7Tables tables,
            Map<Integer, CodeTable> siteTables,
            String version) {
        this.definitions = definitions;
        this.levels = levels;
        this.tables = tables;
        this.siteTables = siteTables;
        this.version = version;
    }

    void addTo(RuleTree tree, String name) {
        SegmentDefinition definition = definitions.segment(name, version).orElse(null);
        if (definition == null) {
            return;
        }
        SegmentRules segment = tree.segment(name);
        for (FieldDefinition field : definition.fields()) {
            ElementRules rules = segment.field(field.number());
            // MSH-1 and MSH-2 were read to find anything at all.
            if (!name.equals("MSH") || field.number() > 2) {
                field(rules, name, field);
            }
            if (name.equals("OBX") && field.number() == 5) {
                rules.typedBy(2, this::rulesOfType);
            }
        }
        segment.noMoreFields(MORE_THAN_DEFINED);
    }

    private void field(ElementRules rules, String segment, FieldDefinition field) {
        if (levels.structure() != null) {
            if (field.required() && !NOT_REQUIRED.contains(segment + "-" + field.number())) {
                required(rules, levels.structure());
            }
            if (field.mostRepetitions() > 0) {
                repetitions(rules, field.mostRepetitions());
            }
        }
        boolean bounded = field.longestLength() > 0 && field.longestLength() < ANY_LENGTH && isSimple(field);
        if (levels.lengths() != null && bounded) {
            length(rules, field.longestLength(), levels.lengths());
        }
        type(rules, field.dataType(), field.table(), 0);
    }

    /**
     * Of composite fields HL7 gives lengths that its own components do not keep: an EI of 22 with an OID
     * of 199 in it. OBX-2 of 2 stayed as it was when types of three letters came.
     */
    private boolean isSimple(FieldDefinition field) {
        return field.longestLength() > 2 || !field.dataType().equals("ID")
                ? definitions
                        .dataType(field.dataType(), version)
                        .map(type -> type.components().isEmpty())
                        .orElse(false)
                : field.table() != VALUE_TYPES;
    }

    private static void required(ElementRules rules, Severity severity) {
        Rule rule = StandardLayer.rule("required", severity, ErrorCondition.REQUIRED_FIELD_MISSING);
        rules.whole(rule.id(), (element, findings) -> {
            if (element.isEmpty()) {
                findings.add(rule.at(element.place(), "the field is required and empty"));
            }
        });
    }

    /** Receivers are to ignore what is more (2.7.1), so it is information (R55). */
    private static void repetitions(ElementRules rules, int most) {
        Rule rule = StandardLayer.rule("repetitions", Severity.INFORMATION, ErrorCondition.APPLICATION_ERROR);
        rules.whole(rule.id(), (element, findings) -> {
            if (element.size() > most && element.repetitions() > most) {
                findings.add(rule.at(element.place(), "the field may have " + most + " repetitions at most"));
            }
        });
    }

    /**
     * Up to 2.6 a length bounds what is sent. From 2.7 on it is what a receiver must at least be able to
     * keep (2.5.5.3), so that more is no fault of the sender's.
     */
    private void length(ElementRules rules, int longest, Severity severity) {
        boolean binding = version.compareTo("2.7") < 0;
        String id = binding ? "length" : "conformanceLength";
        Rule rule = StandardLayer.rule(id, binding ? severity : Severity.INFORMATION, ErrorCondition.DATA_TYPE_ERROR);
        String sentence = binding
                ? "the value is longer than the " + Counted.of(longest, "character") + " of HL7 " + version
                : "the value is longer than the " + Counted.of(longest, "character")
                        + " that every receiver must be able to keep";
        rules.value(rule.id(), (element, findings) -> {
            // A character is a byte at least, so that nearly no value is ever decoded for this.
            if (element.size() > longest && characters(element) > longest) {
                findings.add(rule.at(element.place(), sentence));
            }
        });
    }

    /** The component separators in it count here, as HL7's lengths of fields are meant. */
    private static int characters(Element element) {
        String text = element.text();
        return text.codePointCount(0, text.length());
    }

    private @Nullable ElementRules rulesOfType(String type) {
        Hl7Table types = tables.table(VALUE_TYPES);
        // What a sender invents is not worth looking for among the classes.
        boolean listed = types != null && types.codes().contains(type);
        if (!listed || definitions.dataType(type, version).isEmpty()) {
            return null;
        }
        ElementRules rules = new ElementRules();
        type(rules, type, 0, 0);
        return rules;
    }

    private void type(ElementRules rules, String type, int table, int depth) {
        if (levels.dataTypes() != null) {
            syntax(rules, type, levels.dataTypes());
        }
        if (table > 0) {
            table(rules, table);
        }
        if (depth > SUBCOMPONENT || isUntyped(type)) {
            return;
        }
        DataTypeDefinition definition = definitions.dataType(type, version).orElse(null);
        if (definition == null) {
            return;
        }
        for (int i = 0; i < definition.components().size(); i++) {
            DataTypeDefinition.Component component = definition.components().get(i);
            type(rules.part(i + 1), component.dataType(), component.table(), depth + 1);
        }
        if (levels.dataTypes() != null) {
            rules.noMoreParts(MORE_THAN_DEFINED);
        }
    }

    /** Another field names the type, or HL7 never defined what is in it. */
    private static boolean isUntyped(String type) {
        return type.equalsIgnoreCase("varies") || type.equals("CM") || type.equals("*");
    }

    private void syntax(ElementRules rules, String type, Severity severity) {
        DataTypeSyntax syntax = DataTypeSyntax.of(type);
        if (syntax != null) {
            rules.value("dataType", syntaxChecks.computeIfAbsent(type, name -> syntaxCheck(syntax, severity)));
        }
    }

    private static ElementCheck syntaxCheck(DataTypeSyntax syntax, Severity severity) {
        Rule rule = StandardLayer.rule("dataType", severity, ErrorCondition.DATA_TYPE_ERROR);
        String sentence = "the value is not " + syntax.words();
        return (element, findings) -> {
            if (!syntax.fits(element) && !element.isEmpty()) {
                findings.add(rule.at(element.place(), sentence));
            }
        };
    }

    private void table(ElementRules rules, int number) {
        Severity severity = levels.tables();
        if (severity != null && (siteTables.containsKey(number) || tables.table(number) != null)) {
            rules.value("table", tableChecks.computeIfAbsent(number, each -> tableCheck(each, severity)));
        }
    }

    private ElementCheck tableCheck(int number, Severity severity) {
        CodeTable site = siteTables.get(number);
        String name = String.format("%04d", number);
        if (site != null) {
            Rule rule = StandardLayer.rule("table", severity, ErrorCondition.TABLE_VALUE_NOT_FOUND);
            String sentence = "the code is not in table " + site.name() + ", which is the site's table " + name;
            return (element, findings) -> {
                CodeLookup found =
                        site.find(element.text(), "", element.origin().receivedMillis());
                if (found instanceof CodeLookup.Absent) {
                    findings.add(rule.at(element.place(), sentence));
                }
            };
        }
        Hl7Table table = Objects.requireNonNull(tables.table(number));
        Severity bound = bound(table.extension(), severity);
        Rule rule = StandardLayer.rule("table", bound, ErrorCondition.TABLE_VALUE_NOT_FOUND);
        String sentence = "the code is not in HL7's table " + name + words(table.extension());
        return (element, findings) -> {
            // Blanks behind a value are no part of it: ID and IS are written as ST is (2.A).
            if (!table.codes().contains(element.text().stripTrailing())) {
                findings.add(rule.at(element.place(), sentence));
            }
        };
    }

    private static Severity bound(Extension extension, Severity severity) {
        Severity most = switch (extension) {
            case CLOSED -> Severity.ERROR;
            case OPEN -> Severity.WARNING;
            case SUGGESTED -> Severity.INFORMATION;
        };
        return severity.compareTo(most) > 0 ? severity : most;
    }

    private static String words(Extension extension) {
        return switch (extension) {
            case CLOSED -> "";
            case OPEN -> ", which a site may extend";
            case SUGGESTED -> ", which only suggests values";
        };
    }
}
