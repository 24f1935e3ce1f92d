/**
 * The port to routing: which destinations a message goes to, decided before it is acknowledged, and what
 * the routes' validation says of it.
 */
@NullMarked
package org.khokahano.plan;

import org.jspecify.annotations.NullMarked;
