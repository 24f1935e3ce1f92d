/**
 * Expressions over a message, in CEL: conditions that routes and mappings ask, and values that mappings
 * write. Typed, so that a mistake is found when the configuration is read; bounded, so that none holds
 * up a listener. Results and failures hold no content of the message but what is asked for.
 */
@NullMarked
package org.khokahano.expression;

import org.jspecify.annotations.NullMarked;
