/**
 * {@code khoka load}: how fast a listener acknowledges. Latency counts from the moment at which a message
 * was due, so that a listener that stalls cannot hide what waited behind it.
 */
@NullMarked
package org.khokahano.cli.load;

import org.jspecify.annotations.NullMarked;
