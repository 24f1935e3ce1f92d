/**
 * The port to a partner: one send, one outcome.
 */
@NullMarked
package org.khokahano.send;

import org.jspecify.annotations.NullMarked;
