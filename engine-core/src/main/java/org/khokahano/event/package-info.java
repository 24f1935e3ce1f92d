/**
 * What happens in the engine, told to one listener interface. Metrics, the log, alerts and later the\n * audit hang on it; the stages themselves know none of those. Events carry ids, names, codes, sizes and\n * times, never content.
 */
@NullMarked
package org.khokahano.event;

import org.jspecify.annotations.NullMarked;
