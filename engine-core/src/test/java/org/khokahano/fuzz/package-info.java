/**
 * Runs a class with a {@code fuzzerTestOneInput} over kept inputs, and with Jazzer in a process of its own. Modules
 * have their targets beside what they try.
 */
@NullMarked
package org.khokahano.fuzz;

import org.jspecify.annotations.NullMarked;
