package org.khokahano.message.definition;

import java.util.List;

/**
 * A data type as HL7 defines it in one version.
 *
 * @param components of a composite type, the first being number 1; none of a primitive one
 */
public record DataTypeDefinition(String name, List<Component> components) {

    public DataTypeDefinition {
        components = List.copyOf(components);
    }

    /**
     * One component.
     *
     * @param dataType as in {@code ST}
     * @param table the number of HL7's or the site's table, 0 where it names none
     */
    public record Component(String dataType, int table) {}
}
