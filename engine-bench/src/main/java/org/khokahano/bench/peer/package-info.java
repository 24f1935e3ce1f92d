/**
 * What the engine is compared with: each a program of its own, started with the same environment as
 * the engine (RELAY_IN, RELAY_OUT, RELAY_LANES, KHOKA_DATA), each set up as favourably as its
 * documentation allows for passing messages on.
 */
@NullMarked
package org.khokahano.bench.peer;

import org.jspecify.annotations.NullMarked;
