/**
 * What a configuration does with a message and why, in lines for people: of a file for {@code khoka
 * explain}, and again of a stored message, with the revision that it was planned by.
 */
@NullMarked
package org.khokahano.explain;

import org.jspecify.annotations.NullMarked;
