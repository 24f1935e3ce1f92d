package org.khokahano.expression;

import java.util.List;

/**
 * What an expression reads, as far as it is written out, for checks before any message is there.
 *
 * @param paths the paths, with their places
 * @param compared the constants that the type of a message is compared with
 */
public record ExpressionReads(List<ReadPath> paths, List<ComparedType> compared) {

    public ExpressionReads {
        paths = List.copyOf(paths);
        compared = List.copyOf(compared);
    }
}
