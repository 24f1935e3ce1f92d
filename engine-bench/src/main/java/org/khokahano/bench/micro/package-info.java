/** Microbenchmarks (JMH) of the parts that every message passes, beside what the usual library takes. */
@NullMarked
package org.khokahano.bench.micro;

import org.jspecify.annotations.NullMarked;
