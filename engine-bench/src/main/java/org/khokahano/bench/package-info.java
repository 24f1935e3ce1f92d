/**
 * Benchmarks, never shipped: the engine as a whole process beside peers that do the same work.
 * {@code load} makes the traffic and counts what arrives, {@code peer} holds the programs that the
 * engine is compared with, {@code compare} starts, measures and reports.
 */
@NullMarked
package org.khokahano.bench;

import org.jspecify.annotations.NullMarked;
