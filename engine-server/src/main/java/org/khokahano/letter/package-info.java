/**
 * Letters to sending facilities: what of their messages does not follow the rules, in plain words and without
 * content of any message.
 */
@NullMarked
package org.khokahano.letter;

import org.jspecify.annotations.NullMarked;
