package org.khokahano.conformance.load;

import java.util.List;
import java.util.OptionalInt;
import org.khokahano.message.definition.DataTypeDefinition;
import org.khokahano.message.definition.Hl7Definitions;

/**
 * What the making of one profile's document needs everywhere.
 *
 * @param version of HL7; empty where it is not known
 * @param workbench whether conditions stand with the elements
 */
record ImportParts(
        Hl7Definitions definitions,
        String version,
        boolean workbench,
        SourceConstraints constraints,
        ExpressionWriter expressions,
        TableBindings tables,
        ImportReport report) {

    /** How many fields HL7 gives a segment; 0 where it does not know it, in any version where none is said. */
    int fieldsOf(String segment) {
        return versions().stream()
                .flatMap(each -> definitions.segment(segment, each).stream())
                .mapToInt(definition -> definition.fields().size())
                .max()
                .orElse(0);
    }

    /** How many components HL7 gives a type: in its version, else in any; any number to what it does not know. */
    int componentsOf(String type) {
        return most(type, versions())
                .orElse(most(type, Hl7Definitions.versions()).orElse(Integer.MAX_VALUE));
    }

    private OptionalInt most(String type, List<String> among) {
        return among.stream()
                .flatMap(each -> definitions.dataType(type, each).stream())
                .mapToInt(definition -> Math.max(1, definition.components().size()))
                .max();
    }

    private List<String> versions() {
        return version.isEmpty() ? Hl7Definitions.versions() : List.of(version);
    }

    /** What HL7 says of the components of a type; nothing where it does not know it. */
    List<String> componentTypes(String type) {
        return definitions
                .dataType(type, version)
                .map(definition -> definition.components().stream()
                        .map(DataTypeDefinition.Component::dataType)
                        .toList())
                .orElse(List.of());
    }
}
