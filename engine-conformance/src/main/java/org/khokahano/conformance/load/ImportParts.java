package org.khokahano.conformance.load;

import java.util.List;
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
