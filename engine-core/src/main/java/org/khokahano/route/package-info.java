/**
 * The port to routing: which destinations a message goes to, decided before it is acknowledged.
 */
@NullMarked
package org.khokahano.route;

import org.jspecify.annotations.NullMarked;
