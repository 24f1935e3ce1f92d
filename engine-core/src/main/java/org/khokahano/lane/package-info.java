/**
 * Lanes deliver in order. A lane is one destination and, where an ordering key is set, one share of the
 * key's hash range; it sends its head, waits, judges the answer and marks it in the store. Must emit an
 * event for each attempt, each end state and each change of its own state.
 */
@NullMarked
package org.khokahano.lane;

import org.jspecify.annotations.NullMarked;
