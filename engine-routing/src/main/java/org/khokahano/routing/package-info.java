/**
 * Routes: which destinations a message goes to, and why. Called before the acknowledgement, on the
 * thread that received the message; must neither block nor fail.
 */
@NullMarked
package org.khokahano.routing;

import org.jspecify.annotations.NullMarked;
