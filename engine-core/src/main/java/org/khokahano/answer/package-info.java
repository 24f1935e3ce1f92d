/**
 * Application acknowledgements of enhanced mode (2.8.3): destinations ask for them, deliveries wait for them
 * in the store, and each ends as the destination's rules say. Must emit an event for each that came, and
 * for each delivery that is given up.
 */
@NullMarked
package org.khokahano.answer;

import org.jspecify.annotations.NullMarked;
