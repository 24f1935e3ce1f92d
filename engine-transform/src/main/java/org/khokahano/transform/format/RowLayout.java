package org.khokahano.transform.format;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.message.MessagePath;

/**
 * What repeats in a record: a segment for each row.
 *
 * @param at where the rows are in a record, as a JSON pointer; empty where the format has its own way
 * @param segment the segment that each row makes
 * @param fields what belongs where; places in other segments make one such after the row's own
 * @param constants what every row has
 * @param number where the row's number goes, from 1; null for nowhere
 */
public record RowLayout(
        String at,
        String segment,
        List<FieldPlace> fields,
        List<FixedValue> constants,
        @Nullable MessagePath number) {

    public RowLayout {
        fields = List.copyOf(fields);
        constants = List.copyOf(constants);
    }
}
