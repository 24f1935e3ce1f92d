package org.khokahano.message.definition;

import java.util.List;
import java.util.Optional;

/**
 * A segment as HL7 defines it in one version.
 *
 * @param fields in their order, the first being number 1
 */
public record SegmentDefinition(String name, String version, List<FieldDefinition> fields) {

    public SegmentDefinition {
        fields = List.copyOf(fields);
    }

    /** The field of that number, from 1. */
    public Optional<FieldDefinition> field(int number) {
        return number >= 1 && number <= fields.size() ? Optional.of(fields.get(number - 1)) : Optional.empty();
    }
}
