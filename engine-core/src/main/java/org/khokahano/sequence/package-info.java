/**
 * Sequence numbers of the messages to a partner (2.10.1): each gets the next number, durably, before it is
 * sent for the first time, and the partner's own number tells whether the two sides still agree.
 */
@NullMarked
package org.khokahano.sequence;

import org.jspecify.annotations.NullMarked;
