/** The shipped national hub: its cases, what they cover, and real messages through its routes. */
@NullMarked
package org.khokahano.hub;

import org.jspecify.annotations.NullMarked;
