/** The composition root: builds the running engine from its configuration, starts and stops it. */
@NullMarked
package org.khokahano.engine;

import org.jspecify.annotations.NullMarked;
