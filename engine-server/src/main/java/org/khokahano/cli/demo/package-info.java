/**
 * {@code khoka demo}: the national hub in this process, with simulated partners and invented patients. The
 * partners misbehave now and then, so that one sees what the engine is for.
 */
@NullMarked
package org.khokahano.cli.demo;

import org.jspecify.annotations.NullMarked;
