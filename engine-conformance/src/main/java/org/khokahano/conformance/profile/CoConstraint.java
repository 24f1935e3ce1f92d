package org.khokahano.conformance.profile;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.khokahano.message.MessagePath;
import org.khokahano.validation.Severity;

/**
 * What must hold between fields.
 *
 * @param each a segment, a field or a group, for each of which it is asked; empty for the whole message
 * @param demand null where an earlier rule of that id is taken away
 * @param at the place that findings name; null for the message, or what {@code each} is about
 * @param severity null where it is taken away
 */
public record CoConstraint(
        String id,
        @Nullable PlaceCondition when,
        String each,
        @Nullable PlaceCondition where,
        @Nullable Demand demand,
        @Nullable MessagePath at,
        @Nullable Severity severity,
        String text) {

    /** The same with what a later profile says of it. */
    public CoConstraint refined(@Nullable MessagePath otherAt, Optional<Severity> otherSeverity, String otherText) {
        return new CoConstraint(
                id,
                when,
                each,
                where,
                demand,
                otherAt == null ? at : otherAt,
                otherSeverity.orElse(severity),
                otherText.isEmpty() ? text : otherText);
    }
}
