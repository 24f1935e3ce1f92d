/** Mappings: their steps, and how they run over one message within their limits. */
@NullMarked
package org.khokahano.transform;

import org.jspecify.annotations.NullMarked;
