package org.khokahano.message.definition;

import org.jspecify.annotations.Nullable;

/**
 * A group as it stands in a message: the segments at the positions in [from, to).
 *
 * @param parent the group around it; null of the outermost
 */
public record GroupOccurrence(
        StructureNode group, int from, int to, @Nullable GroupOccurrence parent) {}
