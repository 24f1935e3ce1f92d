/**
 * Runs the cases of a configuration: each message through a rehearsal, what comes of it against what was
 * expected, the difference field by field, and what of the configuration the cases reached.
 */
@NullMarked
package org.khokahano.cases;

import org.jspecify.annotations.NullMarked;
