/** The report on the public messages: what becomes of each, written to docs/corpus.md. */
@NullMarked
package org.khokahano.corpus;

import org.jspecify.annotations.NullMarked;
