/**
 * Threads as the engine sees them: a serial executor runs its tasks one after the other, so that what\n * belongs to it needs no locks. Emits nothing.
 */
@NullMarked
package org.khokahano.loop;

import org.jspecify.annotations.NullMarked;
