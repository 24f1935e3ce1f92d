package org.khokahano.store;

import org.jspecify.annotations.Nullable;

/**
 * What became of a {@link SequenceChange}.
 *
 * @param refusal why it could not be made durable; empty where it is
 * @param before the state before it
 * @param after the state after it
 */
public record SequenceReading(
        String refusal,
        @Nullable SequenceState before,
        @Nullable SequenceState after) {

    public static SequenceReading refused(String why) {
        return new SequenceReading(why, null, null);
    }
}
