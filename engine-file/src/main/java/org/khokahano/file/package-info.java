/** Directories as listeners and as destinations, for systems that exchange files. */
@NullMarked
package org.khokahano.file;

import org.jspecify.annotations.NullMarked;
