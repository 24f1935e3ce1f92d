/** The commands of {@code khoka}, one class each, and their exit codes. */
@NullMarked
package org.khokahano.cli;

import org.jspecify.annotations.NullMarked;
