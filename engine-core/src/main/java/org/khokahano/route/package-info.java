/** Where a message came from, as far as what becomes of it depends on that. */
@NullMarked
package org.khokahano.route;

import org.jspecify.annotations.NullMarked;
