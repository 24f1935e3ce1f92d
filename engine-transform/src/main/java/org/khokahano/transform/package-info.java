/** Mappings as routes use them: one that is made of steps, and several in a row. */
@NullMarked
package org.khokahano.transform;

import org.jspecify.annotations.NullMarked;
