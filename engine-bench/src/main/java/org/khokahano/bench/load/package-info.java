/**
 * The load generator and the sink. Both run on one event loop thread, so that they share one clock
 * and one ledger without locks, and take as little as they can of the machine that they measure.
 * Nothing here may report a message as delivered that did not arrive, or hide one that came twice.
 */
@NullMarked
package org.khokahano.bench.load;

import org.jspecify.annotations.NullMarked;
