/**
 * The port for reading what the store holds: what operators search, look at and count. It blocks its
 * callers on the disk, each call for a bounded time, and never a listener, a lane or the writer. What
 * it hands out is patient data; its records therefore print nothing but ids, names and sizes.
 */
@NullMarked
package org.khokahano.store.archive;

import org.jspecify.annotations.NullMarked;
