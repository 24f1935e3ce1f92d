/**
 * The engine in numbers: what happens is counted as it happens, what is so is read when it is asked
 * for. {@link org.khokahano.metrics.Metric} lists every metric of the engine; what is exported is exactly
 * that list, and what Micrometer says of the JVM and the process. No metric carries content, and labels
 * are names from the configuration or codes, bounded in number.
 */
@NullMarked
package org.khokahano.metrics;

import org.jspecify.annotations.NullMarked;
