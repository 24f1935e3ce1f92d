/** What tests of real processes share. */
@NullMarked
package org.khokahano.process;

import org.jspecify.annotations.NullMarked;
