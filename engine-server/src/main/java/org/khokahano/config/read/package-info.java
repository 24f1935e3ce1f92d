/**
 * Declarations of what a configuration may say. A key is declared once, with its type, default and
 * a sentence; reading, checking and every description of it follow from that declaration.
 *
 * <p>A {@link org.khokahano.config.read.Section} turns a mapping into an immutable record. Its types
 * are values which can be walked, so that a schema or a page can be made of them.
 */
@NullMarked
package org.khokahano.config.read;

import org.jspecify.annotations.NullMarked;
