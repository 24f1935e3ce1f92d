package org.khokahano.transform.format;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a record and a message correspond.
 *
 * @param type MSH-9 of the messages that are made, as in {@code ORU^R01^ORU_R01}; empty where none are
 * @param version MSH-12 of them
 * @param fields what there is once in a message
 * @param constants what every message has
 * @param rows what repeats; null for nothing
 * @param required the names of fields, of rows too, that must have a value
 */
public record MessageLayout(
        String type,
        String version,
        List<FieldPlace> fields,
        List<FixedValue> constants,
        @Nullable RowLayout rows,
        Set<String> required) {

    public MessageLayout {
        fields = List.copyOf(fields);
        constants = List.copyOf(constants);
        required = Set.copyOf(required);
    }
}
