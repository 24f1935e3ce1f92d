/**
 * The port to durable storage and the values that cross it. Nothing is acknowledged before\n * {@link MessageStore#append} has reported it committed.
 */
@NullMarked
package org.khokahano.store;

import org.jspecify.annotations.NullMarked;
