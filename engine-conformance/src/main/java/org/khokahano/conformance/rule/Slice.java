package org.khokahano.conformance.rule;

import org.jspecify.annotations.Nullable;

/**
 * Some repetitions of a field, found by what they hold.
 *
 * @param where whether a repetition belongs to it
 * @param least how many there are at least, where the field holds anything
 * @param most how many there are at most
 * @param rule what is broken where there are fewer or more; null where nobody minds
 */
public record Slice(
        String name,
        ElementTest where,
        int least,
        int most,
        @Nullable Rule rule) {}
