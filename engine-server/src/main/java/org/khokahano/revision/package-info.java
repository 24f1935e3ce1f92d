/** The configurations that an engine has run with, as files in its data directory, by number. */
@NullMarked
package org.khokahano.revision;

import org.jspecify.annotations.NullMarked;
