/**
 * What the engine can be told: immutable records, the declarations that they are read by, and the
 * checks that need more than one of them. Nothing here runs anything; the composition root makes
 * running objects of these records.
 */
@NullMarked
package org.khokahano.config;

import org.jspecify.annotations.NullMarked;
